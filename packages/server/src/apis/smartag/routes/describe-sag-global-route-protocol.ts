import { stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'

export const describeSagGlobalRouteProtocol = operation({
  name: 'DescribeSagGlobalRouteProtocol',
  family: 'routes',
  about: {
    en: 'Show which dynamic routing protocol the ports of a device can speak.',
    zh: '查询设备的全局路由协议。',
  },
  source: 'Smartag 2018-03-13, DescribeSagGlobalRouteProtocol',
  access: {
    action: 'smartag:DescribeSagGlobalRouteProtocol',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: { RouteProtocol: stringField, TaskStates: taskStates },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    return { RouteProtocol: found.box.report?.routing?.protocol, TaskStates: tasksOf(found, 'globalProtocol') }
  },
})
