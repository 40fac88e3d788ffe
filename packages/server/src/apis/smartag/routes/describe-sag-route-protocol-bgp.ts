import { integerField, stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'
import { bgpOf } from './shown-routing.ts'

export const describeSagRouteProtocolBgp = operation({
  name: 'DescribeSagRouteProtocolBgp',
  family: 'routes',
  about: {
    en: 'Show how a device speaks BGP.',
    zh: '查询设备的 BGP 配置。',
  },
  source: 'Smartag 2018-03-13, DescribeSagRouteProtocolBgp',
  access: {
    action: 'smartag:DescribeSagRouteProtocolBgp',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: {
    RouterId: stringField,
    LocalAs: integerField,
    KeepAlive: integerField,
    HoldTime: integerField,
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    return { ...bgpOf(found.box.report), TaskStates: tasksOf(found, 'bgp') }
  },
})
