import { integerField, stringField, text, wrapped } from '../../../declare/index.ts'
import { statusIn } from '../../../model/health-check.ts'
import { trafficMaster } from '../../../model/pair.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize, regionId, smartAgId } from '../common-params.ts'
import { hcInstanceId } from './health-check-params.ts'
import { healthCheckFields, shownHealthCheck } from './health-check-view.ts'

export const describeHealthChecks = operation({
  name: 'DescribeHealthChecks',
  family: 'health-checks',
  about: {
    en: 'List the health checks of an instance, the oldest first, and how each stands: `success`, `failed` or `unknown`.',
    zh: '查询实例的健康检查列表（旧的在前）及其状态：`success`、`failed` 或 `unknown`。',
  },
  source: 'Smartag 2018-03-13, DescribeHealthChecks',
  access: {
    action: 'smartag:DescribeHealthChecks',
    level: 'Read',
    printed: 'get',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    HcInstanceId: hcInstanceId,
    Name: text().example('ddd3333').about('A part of the name.', '名称的一部分。'),
    PageNumber: pageNumber,
    PageSize: pageSize('Health checks'),
    ...ownerParams,
  },

  errors: {},

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    HealthChecks: wrapped('HealthCheck', { ...healthCheckFields, Status: stringField, RelationCount: integerField }),
  },

  async run(
    { caller, fleet, healthChecks, routes },
    { RegionId, SmartAGId, HcInstanceId, Name, PageNumber, PageSize },
  ) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    // Nothing is published that would say that there is no such instance.
    if (instance === undefined) return { TotalCount: 0, PageNumber, PageSize, HealthChecks: [] }
    const filter = { id: HcInstanceId, name: Name }
    const { total, checks } = await healthChecks.list(instance.id, filter, { number: PageNumber, size: PageSize })
    const master = trafficMaster(instance)
    const followers = await routes.followers(instance.id)
    // Of a gateway that is away nothing is known.
    const report = master?.connected === true ? await healthChecks.report(master.serial) : undefined
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      HealthChecks: checks.map((check) => ({
        ...shownHealthCheck(check),
        Status: statusIn(report, check),
        // Strategies of routes that follow it.
        RelationCount: followers.get(check.id) ?? 0,
      })),
    }
  },
})
