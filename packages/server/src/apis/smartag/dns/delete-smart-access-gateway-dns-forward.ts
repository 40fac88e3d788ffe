import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { newerInstance } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal, missing } from '../ports/newer-param-errors.ts'
import { changedNewerDns } from './changed-newer-dns.ts'
import { forwardId, forwardParams } from './forward-params.ts'

export const deleteSmartAccessGatewayDnsForward = operation({
  name: 'DeleteSmartAccessGatewayDnsForward',
  family: 'dns',
  about: {
    en: 'Delete a DNS forward of a device of the SCG5000 family.',
    zh: '删除 SCG5000 系列设备的 DNS 转发条目。',
  },
  source: 'Smartag 2018-03-13, DeleteSmartAccessGatewayDnsForward',
  access: { action: 'smartag:DeleteSmartAccessGatewayDnsForward', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: { ...forwardParams, InstanceId: forwardId },

  errors: { ...missing('InstanceId'), ...newerChangeErrors, ...illegal('InstanceId') },

  result: { Code: stringField, HttpStatusCode: stringField, Success: stringField, Message: stringField },

  async run(context, params) {
    const { boxes, fail } = context
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const { box, place, how } = await changedNewerDns(context, instance, params.SagSn, 'forwards')
    const { forwards = [] } = box.settings
    const left = forwards.filter(({ id }) => id !== params.InstanceId)
    if (left.length === forwards.length) throw fail('InvalidParameter.InstanceId')
    await boxes.set(place, 'forwards', left, how)
    return { Code: '200', HttpStatusCode: '200', Success: 'true', Message: 'Successful' }
  },
})
