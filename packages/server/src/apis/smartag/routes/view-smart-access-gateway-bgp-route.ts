import { integerField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { taskStates, tasksOf } from '../ports/box-query.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'
import { bgpOf } from './shown-routing.ts'

export const viewSmartAccessGatewayBgpRoute = operation({
  name: 'ViewSmartAccessGatewayBgpRoute',
  family: 'routes',
  about: {
    en: 'Show how a device of the SCG5000 family speaks BGP.',
    zh: '查询 SCG5000 系列设备的 BGP 配置。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayBgpRoute',
  access: {
    action: 'smartag:ViewSmartAccessGatewayBgpRoute',
    level: 'Read',
    printed: 'get',
    resource: '*',
    dependent: [],
  },
  transaction: 'read',

  params: newerParams,

  errors: newerErrors,

  result: {
    RouterId: stringField,
    LocalAs: integerField,
    KeepAlive: integerField,
    HoldTime: integerField,
    TaskStates: taskStates,
  },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const found = await newerBox(context, instance, params.SagSn)
    return { ...bgpOf(found.box.report), TaskStates: tasksOf(found, 'bgp') }
  },
})
