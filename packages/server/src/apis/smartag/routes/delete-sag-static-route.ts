import { isSameRoute, placeProblem } from '../../../model/static-route.ts'
import { operation } from '../../operation.ts'
import { changeErrors, portErrors, unlistedInstance } from '../ports/box-errors.ts'
import { noSuchRoute, onLaterPages } from './route-errors.ts'
import { changedRoutes, setRoutes } from './static-route-change.ts'
import { routeParams } from './static-route-params.ts'

export const deleteSagStaticRoute = operation({
  name: 'DeleteSagStaticRoute',
  family: 'routes',
  about: {
    en: 'Remove a static route of a device.',
    zh: '删除设备的静态路由。',
  },
  source: 'Smartag 2018-03-13, DeleteSagStaticRoute',
  access: { action: 'smartag:DeleteSagStaticRoute', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'write',

  params: routeParams,

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    'Sag.PortNotExist': [...portErrors['Sag.PortNotExist'], onLaterPages],
    'Sag.StaticRouteNotExist': [...noSuchRoute, onLaterPages],
  },

  result: {},

  async run(context, params) {
    const changed = await changedRoutes(context, params)
    const route = { port: params.PortName, vlan: params.Vlan, to: params.DestinationCidr }
    if (placeProblem(changed.box, route) === 'Sag.PortNotExist') throw context.fail('Sag.PortNotExist')
    const others = changed.routes.filter((one) => !isSameRoute(one, route))
    if (others.length === changed.routes.length) throw context.fail('Sag.StaticRouteNotExist')
    await setRoutes(context, changed, others)
    return {}
  },
})
