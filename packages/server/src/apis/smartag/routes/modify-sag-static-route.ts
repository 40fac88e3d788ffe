import { isSameRoute, placeProblem } from '../../../model/static-route.ts'
import { operation } from '../../operation.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { noSuchRoute, placeErrors } from './route-errors.ts'
import { changedRoutes, setRoutes } from './static-route-change.ts'
import { nextHop, routeParams } from './static-route-params.ts'

export const modifySagStaticRoute = operation({
  name: 'ModifySagStaticRoute',
  family: 'routes',
  about: {
    en: 'Name another router for a static route of a device.',
    zh: '修改设备静态路由的下一跳。',
  },
  source: 'Smartag 2018-03-13, ModifySagStaticRoute',
  access: {
    action: 'smartag:ModifySagStaticRoute',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: { ...routeParams, NextHop: nextHop },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    ...placeErrors,
    'Sag.StaticRouteNotExist': noSuchRoute,
  },

  result: {},

  async run(context, params) {
    const changed = await changedRoutes(context, params)
    const { PortName: port, Vlan: vlan, DestinationCidr: to, NextHop: via } = params
    const route = { port, vlan, to, via }
    const problem = placeProblem(changed.box, route)
    if (problem !== undefined) throw context.fail(problem)
    const index = changed.routes.findIndex((one) => isSameRoute(one, route))
    if (index < 0) throw context.fail('Sag.StaticRouteNotExist')
    await setRoutes(context, changed, changed.routes.with(index, route))
    return {}
  },
})
