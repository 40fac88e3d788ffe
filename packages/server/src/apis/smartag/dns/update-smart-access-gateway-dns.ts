import { booleanField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { inTable } from '../ports/box-errors.ts'
import { newerInstance, newerParams } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal } from '../ports/newer-param-errors.ts'
import { changedNewerDns } from './changed-newer-dns.ts'
import { dnsServers, masterDns, slaveDns } from './dns-params.ts'

export const updateSmartAccessGatewayDns = operation({
  name: 'UpdateSmartAccessGatewayDns',
  family: 'dns',
  about: {
    en: 'Set the DNS servers of a device of the SCG5000 family. One that is left out is taken away; without any, those are asked that its line to the Internet names.',
    zh: '设置 SCG5000 系列设备的 DNS 服务器。未指定的服务器将被清除；两者均未指定时，使用从 WAN 口获取的服务器。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayDns',
  access: { action: 'smartag:UpdateSmartAccessGatewayDns', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...newerParams,
    MasterDns: masterDns.invalid('InvalidParameter.MasterDns'),
    SlaveDns: slaveDns.invalid('InvalidParameter.SlaveDns'),
  },

  errors: {
    ...illegal('MasterDns', 'SlaveDns'),
    ...inTable(
      newerChangeErrors,
      'SAG.InstanceNoFound',
      'SAG.SoftwareNotSupport',
      'SmartAccessGatewayNotActivated',
      'GATEWAY.InvalidSN',
    ),
    InternalError: [400, 'Internal server error', '内部服务错误'],
  },

  result: { Code: stringField, Success: booleanField, Message: stringField },

  async run(context, params) {
    const { boxes, fail } = context
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const { place, how } = await changedNewerDns(context, instance, params.SagSn, 'dns')
    await boxes.set(place, 'dns', dnsServers(params.MasterDns, params.SlaveDns), how)
    return { Code: '200', Success: true, Message: 'Successful' }
  },
})
