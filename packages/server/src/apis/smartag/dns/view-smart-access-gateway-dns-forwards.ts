import { booleanField, direct, integerField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { newerBox, newerErrors, newerInstance } from '../ports/newer-box.ts'
import { forwardFields, forwardParams, forwardView } from './forward-params.ts'

export const viewSmartAccessGatewayDnsForwards = operation({
  name: 'ViewSmartAccessGatewayDnsForwards',
  family: 'dns',
  about: {
    en: 'List the DNS forwards that are set of a device of the SCG5000 family, the oldest first. `SynStatus` of the device says whether they are in force.',
    zh: '查询 SCG5000 系列设备的 DNS 转发条目，按添加顺序排列。是否已生效见设备的 `SynStatus`。',
  },
  source: 'Smartag 2018-03-13, ViewSmartAccessGatewayDnsForwards',
  access: { action: 'smartag:ViewSmartAccessGatewayDnsForwards', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: forwardParams,

  errors: newerErrors,

  result: {
    Code: stringField,
    HttpStatusCode: integerField,
    Success: booleanField,
    Message: stringField,
    Count: integerField,
    Data: direct(forwardFields),
  },

  async run(context, params) {
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
    const { box } = await newerBox(context, instance, params.SagSn)
    const { forwards = [] } = box.settings
    return {
      Code: '200',
      HttpStatusCode: 200,
      Success: true,
      Message: 'Successful',
      Count: forwards.length,
      Data: forwards.map(forwardView),
    }
  },
})
