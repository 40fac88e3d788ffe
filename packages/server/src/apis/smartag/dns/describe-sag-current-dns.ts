import { stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { tellsBox } from '../../../model/box-task.ts'
import { operation } from '../../operation.ts'
import { inTable, unlistedQueryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox } from '../ports/box-query.ts'

export const describeSagCurrentDns = operation({
  name: 'DescribeSagCurrentDns',
  family: 'dns',
  about: {
    en: 'Show the DNS servers that a device asks now: those that were set, or those its line to the Internet names. The device has to be connected.',
    zh: '查询设备当前使用的 DNS 服务器：用户设置的，或从 WAN 口获取的。设备必须在线。',
  },
  source: 'Smartag 2018-03-13, DescribeSagCurrentDns',
  access: { action: 'smartag:DescribeSagCurrentDns', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: {
    ...inTable(unlistedQueryErrors, 'SAG.SoftwareNotSupport', 'InstanceNotExit', 'SmartAccessGatewayNotOnline'),
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    ConfigUnsynchronized: [400, 'The network configuration is not synchronized.', '网络配置未同步。'],
  },

  result: { MasterDns: stringField, SlaveDns: stringField },

  async run(context, params) {
    const { device, box } = await queriedBox(context, params, hasOlderPorts)
    // The answer has no place for how old it is, nor for a program that does not say it.
    if (!device.connected) throw context.fail('SmartAccessGatewayNotOnline')
    if (!tellsBox(device, 'dns')) throw context.fail('FeatureNotSupport')
    const [master, slave] = box.report?.dns?.current ?? []
    return { MasterDns: master, SlaveDns: slave }
  },
})
