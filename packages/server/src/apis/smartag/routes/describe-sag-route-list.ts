import { direct, stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { tellsBox } from '../../../model/box-task.ts'
import { operation } from '../../operation.ts'
import { unlistedQueryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox } from '../ports/box-query.ts'
import { shownRoutes } from './shown-routes.ts'

export const describeSagRouteList = operation({
  name: 'DescribeSagRouteList',
  family: 'routes',
  about: {
    en: 'List the routes that packets of a device take now. The device has to be connected.',
    zh: '查询设备当前生效的路由，设备必须在线。',
  },
  source: 'Smartag 2018-03-13, DescribeSagRouteList',
  access: { action: 'smartag:DescribeSagRouteList', level: 'Read', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: unlistedQueryErrors,

  result: {
    Routes: direct({
      DestinationCidr: stringField,
      NextHop: stringField,
      PortName: stringField,
      RouteProtocol: stringField,
      Cost: stringField,
      ConflictCidrs: direct(stringField),
    }),
  },

  async run(context, params) {
    const { device } = await queriedBox(context, params, hasOlderPorts)
    // The answer has no place for how old it is.
    if (!device.connected) throw context.fail('SmartAccessGatewayNotOnline')
    if (!tellsBox(device, 'staticRoutes')) throw context.fail('FeatureNotSupport')
    const shown = await shownRoutes(context, { instanceId: params.SmartAGId, serial: device.serial })
    return {
      Routes: shown.map(({ to, nextHop, port, source, cost, conflicts }) => ({
        DestinationCidr: to,
        NextHop: nextHop,
        PortName: port,
        RouteProtocol: source,
        Cost: cost,
        ConflictCidrs: conflicts,
      })),
    }
  },
})
