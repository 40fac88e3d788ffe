import { longField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { hcInstanceId } from './health-check-params.ts'
import { healthCheckFields, shownHealthCheck } from './health-check-view.ts'

export const describeHealthCheckAttribute = operation({
  name: 'DescribeHealthCheckAttribute',
  family: 'health-checks',
  about: { en: 'Show one health check.', zh: '查询一个健康检查的详细信息。' },
  source: 'Smartag 2018-03-13, DescribeHealthCheckAttribute',
  access: {
    action: 'smartag:DescribeHealthCheckAttribute',
    level: 'Read',
    printed: 'get',
    resource: '*',
    dependent: [],
  },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    HcInstanceId: hcInstanceId.required(),
    ...ownerParams,
  },

  errors: {
    'HC.InstanceNoFound': [400, 'The specified network health check instance does not exist.', '健康检查实例不存在。'],
  },

  result: { ...healthCheckFields, CreateTime: longField },

  async run({ caller, healthChecks, fail }, { RegionId, SmartAGId, HcInstanceId }) {
    const check = await healthChecks.find(caller.accountId, RegionId, HcInstanceId)
    if (check === undefined || check.instanceId !== SmartAGId) throw fail('HC.InstanceNoFound')
    return { ...shownHealthCheck(check), CreateTime: check.createdAt }
  },
})
