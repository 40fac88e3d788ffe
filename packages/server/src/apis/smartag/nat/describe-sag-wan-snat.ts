import { stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'

export const describeSagWanSnat = operation({
  name: 'DescribeSagWanSnat',
  family: 'nat',
  about: {
    en: 'Show whether what a branch sends to the Internet leaves by the line of its device, with the address of that.',
    zh: '查询设备是否开启 WAN 口的公网 SNAT。',
  },
  source: 'Smartag 2018-03-13, DescribeSagWanSnat',
  access: { action: 'smartag:DescribeSagWanSnat', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: {
    Snat: stringField,
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    return {
      Snat: found.box.report === undefined ? undefined : found.box.report.snat ? 'ENABLE' : 'DISABLE',
      TaskStates: tasksOf(found, 'snat'),
    }
  },
})
