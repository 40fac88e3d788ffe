import { operation } from '../../operation.ts'
import { deviceAsInstance, placeOf } from '../ports/box-change.ts'
import { changeErrors, queryErrors } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'
import { changedRouting } from './changed-routing.ts'
import { holdTime, keepAlive, localAs, routerId } from './routing-params.ts'

const { 'Sag.DeviceNotExist': _, ...unlistedErrors } = changeErrors

export const modifySagRouteProtocolBgp = operation({
  name: 'ModifySagRouteProtocolBgp',
  family: 'routes',
  about: {
    en: 'Set how a device speaks BGP.',
    zh: '设置设备的 BGP。',
  },
  source: 'Smartag 2018-03-13, ModifySagRouteProtocolBgp',
  access: {
    action: 'smartag:ModifySagRouteProtocolBgp',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    ...boxParams,
    RouterId: routerId.required().invalid('InvalidParameter'),
    LocalAs: localAs.required().invalid('InvalidParameter'),
    KeepAlive: keepAlive.required().invalid('InvalidParameter'),
    HoldTime: holdTime.required().invalid('InvalidParameter'),
  },

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    ...unlistedErrors,
    'SAG.SoftwareNotSupport': queryErrors['SAG.SoftwareNotSupport'],
    InstanceNotExit: queryErrors.InstanceNotExit,
    FeatureNotSupport: queryErrors.FeatureNotSupport,
    SmartAccessGatewayNotOnline: queryErrors.SmartAccessGatewayNotOnline,
    ConfigUnsynchronized: [400, 'The network configuration is not synchronized.', '网络配置未同步。'],
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, params.RegionId, params.SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const asking = { ...context, fail: deviceAsInstance(fail) }
    const changed = await changedRouting(asking, instance, params.SmartAGSn)
    if (params.KeepAlive > params.HoldTime) throw fail('InvalidParameter', 'KeepAlive is above HoldTime.')
    const [place, how] = placeOf(changed, now, 'bgp')
    const { RouterId, LocalAs, KeepAlive, HoldTime } = params
    await boxes.set(place, 'bgp', { routerId: RouterId, as: LocalAs, keepAlive: KeepAlive, hold: HoldTime }, how)
    return {}
  },
})
