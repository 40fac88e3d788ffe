import { direct, stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'

export const describeSagStaticRouteList = operation({
  name: 'DescribeSagStaticRouteList',
  family: 'routes',
  about: {
    en: 'List the static routes that a device says are set, also those whose router is on no wire.',
    zh: '查询设备上已设置的静态路由，包括未生效的路由。',
  },
  source: 'Smartag 2018-03-13, DescribeSagStaticRouteList',
  access: { action: 'smartag:DescribeSagStaticRouteList', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: {
    StaticRoutes: direct({
      PortName: stringField,
      Vlan: stringField,
      DestinationCidr: stringField,
      NextHop: stringField,
    }),
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    return {
      StaticRoutes: found.box.report?.staticRoutes?.map(({ port, vlan, to, via }) => ({
        PortName: port,
        Vlan: String(vlan),
        DestinationCidr: to,
        NextHop: via,
      })),
      TaskStates: tasksOf(found, 'staticRoutes'),
    }
  },
})
