import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'
import { portsOf, shownPorts } from './shown-routing.ts'

export const describeSagPortRouteProtocolList = operation({
  name: 'DescribeSagPortRouteProtocolList',
  family: 'routes',
  about: {
    en: 'List what each port of a device speaks with routers of the branch, and whether a neighbour answers.',
    zh: '查询设备各端口的路由协议及邻居状态。',
  },
  source: 'Smartag 2018-03-13, DescribeSagPortRouteProtocolList',
  access: {
    action: 'smartag:DescribeSagPortRouteProtocolList',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: { Ports: shownPorts, TaskStates: taskStates },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    return { Ports: portsOf(found.box.report), TaskStates: tasksOf(found, 'portProtocols') }
  },
})
