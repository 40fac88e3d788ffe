import { integer, text } from '../../../declare/index.ts'
import { isCron, isTimeZone, scheduleDefaults } from '../../../model/upgrade-policy.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'
import { versionType } from './upgrade-policy-params.ts'

export const modifyDeviceAutoUpgradePolicy = operation({
  name: 'ModifyDeviceAutoUpgradePolicy',
  family: 'versions-upgrade',
  about: {
    en: 'Say when a device upgrades by itself: in windows of time, after it has started, or never. It takes the newest release on offer, on the conditions of UpdateSmartAccessGatewayVersion.',
    zh: '设置设备的自动升级方式：定时、启动后或不自动升级。满足 UpdateSmartAccessGatewayVersion 的条件时，升级到最新的可用正式版本。',
  },
  source: 'Smartag 2018-03-13, ModifyDeviceAutoUpgradePolicy',
  access: { action: 'smartag:ModifyDeviceAutoUpgradePolicy', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required('SAG.InstanceIdEmpty'),
    SerialNumber: smartAgSn.required('SAG.InvalidSerialNumber'),
    UpgradeType: text()
      .required()
      .oneOf('scheduled', 'boot', 'manual')
      .example('scheduled')
      .about(
        '`scheduled`: in the windows of the schedule. `boot`: after each start of the device. `manual`: never by itself.',
        '`scheduled`：在计划的时间窗口内。`boot`：设备每次启动后。`manual`：不自动升级。',
      ),
    CronExpression: text()
      .blank()
      .satisfies(isCron)
      .example('0 0 4 1/1 * ?')
      .about(
        'Of `scheduled`: when a window begins (seconds, minutes, hours, day of the month, month, day of the week; without `L`, `W` and `#`). Left out: each day at four.',
        '`scheduled` 的窗口开始时间（秒、分、时、日、月、星期，不支持 `L`、`W` 和 `#`）。默认每天 4 点。',
      ),
    Duration: integer()
      .blank()
      .range(30, 120)
      .example('60')
      .about(
        'Of `scheduled`: minutes in which the upgrade may begin; 60.',
        '`scheduled` 的窗口时长，单位分钟，默认 60。',
      ),
    TimeZone: text()
      .blank()
      .satisfies(isTimeZone)
      .example('Asia/Shanghai')
      .about(
        'Of `scheduled`: the time zone of the expression; Asia/Shanghai.',
        '`scheduled` 的时区，默认 Asia/Shanghai。',
      ),
    VersionType: versionType,
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    // Left out, or not a device of the instance.
    'SAG.InvalidSerialNumber': [400, 'The specified SerialNumber is invalid.', '非法的序列号。'],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeOfItsOwn,
    ],
  },

  result: {},

  async run({ caller, fleet, upgradePolicies, fail }, { RegionId, SmartAGId, SerialNumber, ...params }) {
    const { UpgradeType, CronExpression, Duration, TimeZone, VersionType } = params
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const device = instance.devices.find(({ serial }) => serial === SerialNumber)
    if (device === undefined) throw fail('SAG.InvalidSerialNumber')
    const schedule = {
      cron: CronExpression ?? scheduleDefaults.cron,
      minutes: Duration ?? scheduleDefaults.minutes,
      timeZone: TimeZone ?? scheduleDefaults.timeZone,
    }
    await upgradePolicies.set({
      serial: SerialNumber,
      versionType: VersionType,
      upgradeType: UpgradeType,
      schedule: UpgradeType === 'scheduled' ? schedule : undefined,
      // The next start is the first that counts.
      seenStart: device.startedAt,
    })
    return {}
  },
})
