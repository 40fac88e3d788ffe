import { operation } from '../../operation.ts'
import { taskStates, tasksOf } from '../ports/box-query.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'
import { portsOf, shownPorts } from './shown-routing.ts'

export const viewSmartAccessGatewayPortRouteProtocol = operation({
  name: 'ViewSmartAccessGatewayPortRouteProtocol',
  family: 'routes',
  about: {
    en: 'List what each port of a device of the SCG5000 family speaks with routers of the branch, and whether a neighbour answers.',
    zh: '查询 SCG5000 系列设备各端口的路由协议及邻居状态。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayPortRouteProtocol',
  access: { action: 'smartag:ViewSmartAccessGatewayPortRouteProtocol', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: newerParams,

  errors: newerErrors,

  result: { Ports: shownPorts, TaskStates: taskStates },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const found = await newerBox(context, instance, params.SagSn)
    return { Ports: portsOf(found.box.report), TaskStates: tasksOf(found, 'portProtocols') }
  },
})
