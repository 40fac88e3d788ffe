import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { taskStates, tasksOf } from '../ports/box-query.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'

export const viewSmartAccessGatewayWanSnat = operation({
  name: 'ViewSmartAccessGatewayWanSnat',
  family: 'nat',
  about: {
    en: 'Show whether what a branch sends to the Internet leaves by the line of its device of the SCG5000 family, with the address of that.',
    zh: '查询 SCG5000 系列设备是否开启 WAN 口的公网 SNAT。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayWanSnat',
  access: { action: 'smartag:ViewSmartAccessGatewayWanSnat', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: newerParams,

  errors: newerErrors,

  result: { Snat: stringField, TaskStates: taskStates },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const found = await newerBox(context, instance, params.SagSn)
    const { report } = found.box
    return { Snat: report && (report.snat ? '1' : '0'), TaskStates: tasksOf(found, 'snat') }
  },
})
