import { integerField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { taskStates, tasksOf } from '../ports/box-query.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'
import { ospfOf } from './shown-routing.ts'

export const viewSmartAccessGatewayOspfRoute = operation({
  name: 'ViewSmartAccessGatewayOspfRoute',
  family: 'routes',
  about: {
    en: 'Show how a device of the SCG5000 family speaks OSPF.',
    zh: '查询 SCG5000 系列设备的 OSPF 配置。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayOspfRoute',
  access: { action: 'smartag:ViewSmartAccessGatewayOspfRoute', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: newerParams,

  errors: newerErrors,

  result: {
    RouterId: stringField,
    AreaId: integerField,
    HelloTime: integerField,
    DeadTime: integerField,
    AuthenticationType: stringField,
    Md5KeyId: integerField,
    Md5Key: stringField,
    TaskStates: taskStates,
  },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const found = await newerBox(context, instance, params.SagSn)
    return { ...ospfOf(found.box.report), TaskStates: tasksOf(found, 'ospf') }
  },
})
