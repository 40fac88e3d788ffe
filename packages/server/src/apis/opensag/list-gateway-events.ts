import { direct, integerField, stringField } from '../../declare/index.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { nextToken, pageOf, tokenOf } from '../paging.ts'
import { idIn, instanceNoFound, maxResults, moment, regionId, serialNumber, smartAgId } from './history-params.ts'

export const listGatewayEvents = operation({
  name: 'ListGatewayEvents',
  family: 'opensag',
  about: {
    en: 'List what happened to the devices of an instance while they were bound to it, the newest first: connected, gone, enrolled, a second identity (`DeviceHacked`), a disk rolled back to an older image (`DeviceRolledBack`), a server that learnt a later password from it (`ServerRolledBack`), a password the operator took back (`PasswordTakenBack`), a configuration given up (`ConfigurationReverted`), the traffic of the instance taken over from its other device (`TrafficTaken`) or left to it (`TrafficLeft`).',
    zh: '查询实例下设备在绑定期间发生的事件，新的在前：上线、离线、注册、身份冲突（`DeviceHacked`）、磁盘回滚到旧镜像（`DeviceRolledBack`）、服务器被回滚并从设备得知较新的密码（`ServerRolledBack`）、运维人员撤回密码（`PasswordTakenBack`）、配置回退（`ConfigurationReverted`）、从另一台设备接管流量（`TrafficTaken`）、将流量交给另一台设备（`TrafficLeft`）。',
  },
  source: 'our own',
  access: {
    action: 'opensag:ListGatewayEvents',
    level: 'List',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeSAGDeviceInfo',
  },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId,
    SerialNumber: serialNumber,
    MaxResults: maxResults,
    NextToken: nextToken(idIn, tokenOf(1)),
  },

  errors: { 'SAG.InstanceNoFound': instanceNoFound },

  result: {
    Events: direct({
      EventId: stringField,
      SerialNumber: stringField,
      Name: stringField,
      Time: stringField,
      Detail: stringField,
    }),
    MaxResults: integerField,
    NextToken: stringField,
  },

  async run({ caller, fleet, gatewayHistory, fail }, { RegionId, SmartAGId, SerialNumber, MaxResults, NextToken }) {
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    const events = await gatewayHistory.events({
      instanceId: instance.id,
      serial: SerialNumber,
      before: NextToken,
      most: MaxResults + 1,
    })
    const { shown, more } = pageOf(events, MaxResults, ({ id }) => tokenOf(id))
    return {
      Events: shown.map(({ id, serial, kind, at, detail }) => ({
        EventId: String(id),
        SerialNumber: serial,
        Name: kind,
        Time: moment(at),
        Detail: detail === '' ? undefined : detail,
      })),
      ...more,
    }
  },
})
