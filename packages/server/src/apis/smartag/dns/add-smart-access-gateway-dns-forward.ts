import { mostDnsForwards } from '@opensag/protocol'
import { booleanField, integerField, objectField, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { newerInstance } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal, missing } from '../ports/newer-param-errors.ts'
import { changedNewerDns } from './changed-newer-dns.ts'
import {
  aboutIndex,
  forwardFields,
  forwardParams,
  forwardView,
  settingParams,
  wantedForward,
} from './forward-params.ts'

export const addSmartAccessGatewayDnsForward = operation({
  name: 'AddSmartAccessGatewayDnsForward',
  family: 'dns',
  about: {
    en: 'Have a device of the SCG5000 family ask other servers for names of a domain. A device has up to 100 such forwards.',
    zh: '为 SCG5000 系列设备添加 DNS 转发：指定域名由其他服务器解析。每台设备最多 100 条。',
  },
  source: 'Smartag 2018-03-13, AddSmartAccessGatewayDnsForward',
  access: { action: 'smartag:AddSmartAccessGatewayDnsForward', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...forwardParams,
    ...settingParams,
    OutboundPortIndex: text()
      .example('0')
      .about(...aboutIndex),
  },

  errors: {
    ...missing('Domain', 'MasterIp'),
    ...illegal('Domain', 'MasterIp', 'SlaveIp', 'Mode', 'OutboundPortType', 'OutboundPortIndex', 'OutboundPortName'),
    ...newerChangeErrors,
  },

  result: {
    Code: stringField,
    HttpStatusCode: integerField,
    Success: booleanField,
    Message: stringField,
    Data: objectField(forwardFields),
  },

  async run(context, params) {
    const { boxes, ids, fail } = context
    const { OutboundPortIndex: index } = params
    const wanted = wantedForward(params, index === undefined ? undefined : Number(index), fail)
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const { box, place, how } = await changedNewerDns(context, instance, params.SagSn, 'forwards')
    const { forwards = [] } = box.settings
    if (forwards.some(({ domain }) => domain === wanted.domain)) throw fail('InvalidParameter.Domain') // it has one
    if (forwards.length >= mostDnsForwards) throw fail('ResourceInOperating') // they are all taken
    const entry = { id: ids.withPrefix('sagv3dnsforward-'), ...wanted }
    await boxes.set(place, 'forwards', [...forwards, entry], how)
    return { Code: '200', HttpStatusCode: 200, Success: true, Message: 'Successful', Data: forwardView(entry) }
  },
})
