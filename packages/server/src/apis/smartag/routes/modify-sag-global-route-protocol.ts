import { withGlobalProtocol } from '../../../model/routing.ts'
import { operation } from '../../operation.ts'
import { placeOf } from '../ports/box-change.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'
import { changedRouting } from './changed-routing.ts'
import { globalProtocol } from './routing-params.ts'

export const modifySagGlobalRouteProtocol = operation({
  name: 'ModifySagGlobalRouteProtocol',
  family: 'routes',
  about: {
    en: 'Set which dynamic routing protocol the ports of a device can speak. Ports that speak the other one speak none from then on.',
    zh: '设置设备的全局路由协议。运行另一动态协议的端口恢复为静态。',
  },
  source: 'Smartag 2018-03-13, ModifySagGlobalRouteProtocol',
  access: {
    action: 'smartag:ModifySagGlobalRouteProtocol',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    ...boxParams,
    RouteProtocol: globalProtocol.required().invalid('InvalidParameter'),
  },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, params.RegionId, params.SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedRouting(context, instance, params.SmartAGSn)
    const sections = withGlobalProtocol(changed.box, params.RouteProtocol)
    const [place, how] = placeOf(changed, now, 'globalProtocol')
    await boxes.setTogether(place, sections, how)
    return {}
  },
})
