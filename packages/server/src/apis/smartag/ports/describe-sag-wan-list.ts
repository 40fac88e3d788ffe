import { direct, integerField, stringField } from '../../../declare/index.ts'
import { hasOlderPorts, maskOf } from '../../../model/box.ts'
import { factoryLine } from '../../../model/wan.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from './box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from './box-query.ts'

export const describeSagWanList = operation({
  name: 'DescribeSagWanList',
  family: 'ports',
  about: {
    en: 'List the ports of a device that lead to the Internet, with the addresses they have now.',
    zh: '查询设备的 WAN 口及其当前地址。',
  },
  source: 'Smartag 2018-03-13, DescribeSagWanList',
  access: { action: 'smartag:DescribeSagWanList', level: 'Read', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: {
    ...queryErrors,
    'Sag.PortRoleInvalid': [400, 'The port role is invalid.', '设备端口角色不正确'],
    'Sag.PortMgtError': [400, 'The role of a management port cannot be changed.', '管理口角色不能修改。'],
  },

  result: {
    Wans: direct({
      PortName: stringField,
      IPType: stringField,
      IP: stringField,
      Mask: stringField,
      Gateway: stringField,
      Username: stringField,
      Priority: integerField,
      Weight: integerField,
      ISP: stringField,
      BandWidth: integerField,
      TrafficState: stringField,
    }),
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    return {
      Wans: found.box.report?.wan.map(({ port, type, ip, length, gateway, isActive, ...line }) => ({
        PortName: port,
        IPType: type,
        IP: ip,
        Mask: length === undefined ? undefined : maskOf(length),
        Gateway: gateway,
        Username: line.username,
        Priority: line.priority ?? factoryLine.priority,
        Weight: line.weight ?? factoryLine.weight,
        ISP: line.isp ?? factoryLine.isp,
        BandWidth: line.bandwidth,
        TrafficState: isActive ? 'active' : 'standby',
      })),
      TaskStates: tasksOf(found, 'wan'),
    }
  },
})
