import { integer, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { newerInstance } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal, missing } from '../ports/newer-param-errors.ts'
import { changedNewerDns } from './changed-newer-dns.ts'
import { aboutIndex, forwardId, forwardParams, settingParams, wantedForward } from './forward-params.ts'

export const updateSmartAccessGatewayDnsForward = operation({
  name: 'UpdateSmartAccessGatewayDnsForward',
  family: 'dns',
  about: {
    en: 'Set a DNS forward of a device of the SCG5000 family anew. What is left out is as if it had never been sent.',
    zh: '修改 SCG5000 系列设备的 DNS 转发条目。未指定的可选参数恢复默认值。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayDnsForward',
  access: { action: 'smartag:UpdateSmartAccessGatewayDnsForward', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...forwardParams,
    InstanceId: forwardId,
    ...settingParams,
    OutboundPortIndex: integer()
      .invalid('InvalidParameter.OutboundPortIndex')
      .example('0')
      .about(...aboutIndex),
  },

  errors: {
    ...missing('InstanceId', 'Domain', 'MasterIp'),
    ...illegal('Domain', 'MasterIp', 'SlaveIp', 'Mode', 'OutboundPortType', 'OutboundPortIndex', 'OutboundPortName'),
    ...newerChangeErrors,
    ...illegal('InstanceId'),
  },

  result: { Code: stringField, HttpStatusCode: stringField, Success: stringField, Message: stringField },

  async run(context, params) {
    const { boxes, fail } = context
    const wanted = wantedForward(params, params.OutboundPortIndex, fail)
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const { box, place, how } = await changedNewerDns(context, instance, params.SagSn, 'forwards')
    const { forwards = [] } = box.settings
    const index = forwards.findIndex(({ id }) => id === params.InstanceId)
    if (index < 0) throw fail('InvalidParameter.InstanceId')
    const isTaken = forwards.some(({ id, domain }) => id !== params.InstanceId && domain === wanted.domain)
    if (isTaken) throw fail('InvalidParameter.Domain') // another one has it
    await boxes.set(place, 'forwards', forwards.with(index, { id: params.InstanceId, ...wanted }), how)
    return { Code: '200', HttpStatusCode: '200', Success: 'true', Message: 'Successful' }
  },
})
