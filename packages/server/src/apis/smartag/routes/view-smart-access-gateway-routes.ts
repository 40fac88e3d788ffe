import { direct, integerField, stringField } from '../../../declare/index.ts'
import { tellsBox } from '../../../model/box-task.ts'
import { operation } from '../../operation.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'
import { shownRoutes } from './shown-routes.ts'

export const viewSmartAccessGatewayRoutes = operation({
  name: 'ViewSmartAccessGatewayRoutes',
  family: 'routes',
  about: {
    en: 'List the routes that packets of a device of the SCG5000 family take now. The device has to be connected.',
    zh: '查询 SCG5000 系列设备当前生效的路由，设备必须在线。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayRoutes',
  access: {
    action: 'smartag:ViewSmartAccessGatewayRoutes',
    level: 'Read',
    printed: 'get',
    resource: '*',
    dependent: [],
  },
  transaction: 'read',

  params: newerParams,

  errors: newerErrors,

  result: {
    Routes: direct({
      Dst: stringField,
      Nexthop: stringField,
      Idx: integerField,
      Role: stringField,
      Type: stringField,
      Cost: stringField,
      ConflictCidrs: direct(stringField),
    }),
  },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const { device, box } = await newerBox(context, instance, params.SagSn)
    // The answer has no place for how old it is.
    if (!device.connected) throw context.fail('SmartAccessGatewayNotOnline')
    if (!tellsBox(device, 'staticRoutes')) throw context.fail('FeatureNotSupport')
    const roles = new Map(box.report?.ports.map(({ name, role }) => [name, role]))
    const shown = await shownRoutes(context, { instanceId: instance.id, serial: device.serial })
    return {
      Routes: shown.map(({ to, nextHop, port, source, cost, conflicts }) => ({
        Dst: to,
        Nexthop: nextHop,
        Idx: /^-?\d+$/.test(port) ? Number(port) : undefined,
        Role: roles.get(port),
        Type: source.toLowerCase(),
        Cost: cost,
        ConflictCidrs: conflicts,
      })),
    }
  },
})
