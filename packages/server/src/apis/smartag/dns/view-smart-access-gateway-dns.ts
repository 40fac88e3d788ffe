import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { inTable } from '../ports/box-errors.ts'
import { taskStates, tasksOf } from '../ports/box-query.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'

export const viewSmartAccessGatewayDns = operation({
  name: 'ViewSmartAccessGatewayDns',
  family: 'dns',
  about: {
    en: 'Show the DNS servers that were set of a device of the SCG5000 family.',
    zh: '查询 SCG5000 系列设备上用户设置的 DNS 服务器。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayDns',
  access: { action: 'smartag:ViewSmartAccessGatewayDns', level: 'Read', printed: 'get', resource: '*', dependent: [] },
  transaction: 'read',

  params: newerParams,

  errors: inTable(newerErrors, 'GATEWAY.InvalidSN', 'SAG.InstanceNoFound'),

  result: { MasterDns: stringField, SlaveDns: stringField, TaskStates: taskStates },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const found = await newerBox(context, instance, params.SagSn)
    const { master, slave } = found.box.report?.dns?.set ?? {}
    return { MasterDns: master, SlaveDns: slave, TaskStates: tasksOf(found, 'dns') }
  },
})
