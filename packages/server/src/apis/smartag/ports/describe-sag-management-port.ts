import { stringField } from '../../../declare/index.ts'
import { hasManagementPort, maskOf } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from './box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from './box-query.ts'

export const describeSagManagementPort = operation({
  name: 'DescribeSagManagementPort',
  family: 'ports',
  about: {
    en: 'Show the address of the port of a device that is for its local console alone.',
    zh: '查询设备管理口的地址。',
  },
  source: 'Smartag 2018-03-13, DescribeSagManagementPort',
  access: {
    action: 'smartag:DescribeSagManagementPort',
    level: 'Read',
    printed: 'get',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: {
    IP: stringField,
    Mask: stringField,
    Gateway: stringField,
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasManagementPort)
    const { management } = found.box.report ?? {}
    return {
      IP: management?.ip,
      Mask: management && maskOf(management.length),
      Gateway: management?.gateway,
      TaskStates: tasksOf(found, 'management'),
    }
  },
})
