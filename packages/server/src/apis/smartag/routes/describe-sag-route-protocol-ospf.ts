import { integerField, stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'
import { ospfOf } from './shown-routing.ts'

export const describeSagRouteProtocolOspf = operation({
  name: 'DescribeSagRouteProtocolOspf',
  family: 'routes',
  about: {
    en: 'Show how a device speaks OSPF.',
    zh: '查询设备的 OSPF 配置。',
  },
  source: 'Smartag 2018-03-13, DescribeSagRouteProtocolOspf',
  access: {
    action: 'smartag:DescribeSagRouteProtocolOspf',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: {
    RouterId: stringField,
    AreaId: stringField,
    AreaType: stringField,
    HelloTime: integerField,
    DeadTime: integerField,
    AuthenticationType: stringField,
    Md5KeyId: integerField,
    Md5Key: stringField,
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    const { AreaId, ...others } = ospfOf(found.box.report)
    return {
      ...others,
      AreaId: AreaId === undefined ? undefined : String(AreaId),
      // There is no other kind; the backbone, as which it is spoken where nothing is set, is none of it.
      AreaType: AreaId === undefined ? undefined : AreaId === 0 ? '' : 'NSSA',
      TaskStates: tasksOf(found, 'ospf'),
    }
  },
})
