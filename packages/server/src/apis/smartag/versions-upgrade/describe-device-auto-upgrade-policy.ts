import { stringField } from '../../../declare/index.ts'
import { jitterMinutes } from '../../../model/upgrade-policy.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'
import { versionType } from './upgrade-policy-params.ts'

export const describeDeviceAutoUpgradePolicy = operation({
  name: 'DescribeDeviceAutoUpgradePolicy',
  family: 'versions-upgrade',
  about: {
    en: 'Show when a device upgrades by itself. One without a policy never does (`manual`).',
    zh: '查询设备的自动升级策略。未设置策略的设备不会自动升级（`manual`）。',
  },
  source: 'Smartag 2018-03-13, DescribeDeviceAutoUpgradePolicy',
  access: { action: 'smartag:DescribeDeviceAutoUpgradePolicy', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    SerialNumber: smartAgSn.required(),
    VersionType: versionType,
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeOfItsOwn,
    ],
    'SAG.InvalidSerialNumber': [
      400,
      'The specified SerialNumber is invalid.',
      '非法的序列号。',
      {
        en: 'The table is empty; ModifyDeviceAutoUpgradePolicy has this code.',
        zh: '错误码表为空，采用 ModifyDeviceAutoUpgradePolicy 的错误码。',
      },
    ],
  },

  result: {
    SmartAGId: stringField,
    SerialNumber: stringField,
    UpgradeType: stringField,
    CronExpression: stringField,
    Duration: stringField,
    Jitter: stringField,
    TimeZone: stringField,
  },

  async run({ caller, fleet, upgradePolicies, fail }, { RegionId, SmartAGId, SerialNumber, VersionType }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (!instance.devices.some(({ serial }) => serial === SerialNumber)) throw fail('SAG.InvalidSerialNumber')
    const policy = await upgradePolicies.of(SerialNumber, VersionType)
    const schedule = policy?.schedule
    return {
      SmartAGId,
      SerialNumber,
      UpgradeType: policy?.upgradeType ?? 'manual',
      CronExpression: schedule?.cron,
      Duration: schedule && String(schedule.minutes),
      Jitter: schedule && String(jitterMinutes),
      TimeZone: schedule?.timeZone,
    }
  },
})
