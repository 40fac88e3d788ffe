import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { taskStates, tasksOf } from '../ports/box-query.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'

export const viewSmartAccessGatewayGlobalRouteProtocol = operation({
  name: 'ViewSmartAccessGatewayGlobalRouteProtocol',
  family: 'routes',
  about: {
    en: 'Show which dynamic routing protocol the ports of a device of the SCG5000 family can speak.',
    zh: '查询 SCG5000 系列设备的全局路由协议。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayGlobalRouteProtocol',
  access: { action: 'smartag:ViewSmartAccessGatewayGlobalRouteProtocol', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: newerParams,

  errors: newerErrors,

  result: { RouteProtocol: stringField, TaskStates: taskStates },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const found = await newerBox(context, instance, params.SagSn)
    return { RouteProtocol: found.box.report?.routing?.protocol, TaskStates: tasksOf(found, 'globalProtocol') }
  },
})
