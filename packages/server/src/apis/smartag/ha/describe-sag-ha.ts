import { direct, stringField } from '../../../declare/index.ts'
import { hasHa } from '../../../model/box-ha.ts'
import { operation } from '../../operation.ts'
import { unlistedQueryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'

export const describeSagHa = operation({
  name: 'DescribeSagHa',
  family: 'ha',
  about: {
    en: 'Show how a device shares its branch with the other device of its instance.',
    zh: '查询设备的高可用配置，即与实例的另一台设备如何共享分支。',
  },
  source: 'Smartag 2018-03-13, DescribeSagHa',
  access: { action: 'smartag:DescribeSagHa', level: 'Read', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: unlistedQueryErrors,

  result: {
    Mode: stringField,
    Ports: direct({ PortName: stringField, VirtualIp: stringField }),
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasHa)
    const { ha } = found.box.report ?? {}
    return {
      Mode: ha?.mode,
      Ports: ha?.mode === 'STATIC' ? [{ PortName: ha.port, VirtualIp: ha.ip }] : [],
      TaskStates: tasksOf(found, 'ha'),
    }
  },
})
