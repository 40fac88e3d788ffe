import { stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { unlistedQueryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'

export const describeSagUserDns = operation({
  name: 'DescribeSagUserDns',
  family: 'dns',
  about: {
    en: 'Show the DNS servers that were set of a device.',
    zh: '查询设备上用户设置的 DNS 服务器。',
  },
  source: 'Smartag 2018-03-13, DescribeSagUserDns',
  access: { action: 'smartag:DescribeSagUserDns', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: unlistedQueryErrors,

  result: { MasterDns: stringField, SlaveDns: stringField, TaskStates: taskStates },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    const { master, slave } = found.box.report?.dns?.set ?? {}
    return { MasterDns: master, SlaveDns: slave, TaskStates: tasksOf(found, 'dns') }
  },
})
