import { stringField, wrapped } from '../../../declare/index.ts'
import { deviceBackup } from '../../../model/ha.ts'
import { trafficBackup, trafficMaster } from '../../../model/pair.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

export const describeSmartAccessGatewayHa = operation({
  name: 'DescribeSmartAccessGatewayHa',
  family: 'ha',
  about: {
    en: 'Show how an instance is backed up: its two devices by one another, and its tunnel by a leased line.',
    zh: '查询实例的高可用信息：两台设备之间的备份，以及隧道与专线之间的备份。',
  },
  source: 'Smartag 2018-03-13, DescribeSmartAccessGatewayHa',
  access: { action: 'smartag:DescribeSmartAccessGatewayHa', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: { RegionId: regionId, SmartAGId: smartAgId.required(), ...ownerParams },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'The table is empty; this is the code of the whole service for an instance that is not there.',
        zh: '该表为空；实例不存在时采用服务通用的错误码。',
      },
    ],
  },

  result: {
    SmartAGId: stringField,
    DeviceLevelBackupState: stringField,
    DeviceLevelBackupType: stringField,
    MainDeviceId: stringField,
    BackupDeviceId: stringField,
    LinkBackupInfoList: wrapped('LinkBackupInfoList', {
      LinkLevelBackupState: stringField,
      LinkLevelBackupType: stringField,
      MainLinkId: stringField,
      MainLinkState: stringField,
      BackupLinkId: stringField,
      BackupLinkState: stringField,
    }),
  },

  async run({ caller, fleet, networks, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const { isOn, type } = deviceBackup(instance)
    const vbr = await networks.vbrOf(instance.id)
    // The leased line is preferred, the gateway is what remains (D). Nobody reports the state of the line.
    const line =
      vbr === undefined
        ? []
        : [
            {
              LinkLevelBackupState: 'ON',
              LinkLevelBackupType: 'DedicatedLineBackupMode',
              MainLinkId: vbr.id,
              BackupLinkId: instance.id,
            },
          ]
    return {
      SmartAGId: instance.id,
      DeviceLevelBackupState: isOn ? 'ON' : 'OFF',
      DeviceLevelBackupType: type,
      // Where the traffic goes now, as the devices say (C).
      MainDeviceId: trafficMaster(instance)?.serial,
      BackupDeviceId: trafficBackup(instance)?.serial,
      LinkBackupInfoList: line,
    }
  },
})
