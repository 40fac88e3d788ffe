import { isSameRoute, placeProblem, staticRouteLimit } from '../../../model/static-route.ts'
import { operation } from '../../operation.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { onLaterPages, placeErrors } from './route-errors.ts'
import { changedRoutes, setRoutes } from './static-route-change.ts'
import { nextHop, routeParams } from './static-route-params.ts'

const tooMany = `A device has ${staticRouteLimit} static routes at most.`

export const createSagStaticRoute = operation({
  name: 'CreateSagStaticRoute',
  family: 'routes',
  about: {
    en: 'Lead what a branch sends to a network behind one of its routers to that router. With dynamic routing the cloud hears of the network too.',
    zh: '为设备新建静态路由，指向分支内的路由器。动态路由时，云端也会学到该网段。',
  },
  source: 'Smartag 2018-03-13, CreateSagStaticRoute',
  access: { action: 'smartag:CreateSagStaticRoute', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'write',

  params: { ...routeParams, NextHop: nextHop },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    ...placeErrors,
    'Sag.StaticRouteExist': [400, 'The specified static route already exists.', '静态路由已存在。', onLaterPages],
  },

  result: {},

  async run(context, params) {
    const changed = await changedRoutes(context, params)
    const { PortName: port, Vlan: vlan, DestinationCidr: to, NextHop: via } = params
    const route = { port, vlan, to, via }
    const problem = placeProblem(changed.box, route)
    if (problem !== undefined) throw context.fail(problem)
    if (changed.routes.some((one) => isSameRoute(one, route))) throw context.fail('Sag.StaticRouteExist')
    if (changed.routes.length >= staticRouteLimit) throw context.fail('InvalidParameter', tooMany)
    await setRoutes(context, changed, [...changed.routes, route])
    return {}
  },
})
