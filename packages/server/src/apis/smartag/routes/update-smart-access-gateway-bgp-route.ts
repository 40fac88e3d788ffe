import { booleanField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { placeOf } from '../ports/box-change.ts'
import { newerInstance, newerParams } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal, missing } from '../ports/newer-param-errors.ts'
import { changedNewerRouting } from './changed-routing.ts'
import { holdTime, keepAlive, localAs, routerId } from './routing-params.ts'

export const updateSmartAccessGatewayBgpRoute = operation({
  name: 'UpdateSmartAccessGatewayBgpRoute',
  family: 'routes',
  about: {
    en: 'Set how a device of the SCG5000 family speaks BGP.',
    zh: '设置 SCG5000 系列设备的 BGP。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayBgpRoute',
  access: { action: 'smartag:UpdateSmartAccessGatewayBgpRoute', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...newerParams,
    RouterId: routerId.required('MissParameter.RouterId').invalid('InvalidParameter.RouterId'),
    LocalAs: localAs.required('MissParameter.LocalAs').invalid('InvalidParameter.LocalAs'),
    KeepAlive: keepAlive.required('MissParameter.KeepAlive').invalid('InvalidParameter.KeepAlive'),
    HoldTime: holdTime.required('MissParameter.HoldTime').invalid('InvalidParameter.HoldTime'),
  },

  errors: {
    ...missing('RouterId', 'LocalAs', 'KeepAlive', 'HoldTime'),
    ...illegal('RouterId', 'LocalAs', 'KeepAlive', 'HoldTime'),
    ...newerChangeErrors,
  },

  result: { Code: stringField, Success: booleanField, Message: stringField },

  async run(context, params) {
    const { boxes, now, fail } = context
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedNewerRouting(context, instance, params.SagSn)
    if (params.KeepAlive > params.HoldTime) throw fail('InvalidParameter.KeepAlive')
    const [place, how] = placeOf(changed, now, 'bgp')
    const { RouterId, LocalAs, KeepAlive, HoldTime } = params
    await boxes.set(place, 'bgp', { routerId: RouterId, as: LocalAs, keepAlive: KeepAlive, hold: HoldTime }, how)
    return { Code: '200', Success: true, Message: 'Successful' }
  },
})
