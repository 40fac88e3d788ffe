import type { RouteSource } from '@opensag/protocol'
import { text } from '../../../declare/index.ts'
import { distributions, needsHealthCheck, strategyLimit } from '../../../model/route-strategy.ts'
import { operation } from '../../operation.ts'
import { hcInstanceId } from '../health-checks/health-check-params.ts'
import { serviceWide } from '../ports/box-errors.ts'
import { unlistedStrategyErrors } from './strategy-errors.ts'
import { strategyParams } from './strategy-params.ts'

const tooMany = `An instance has ${strategyLimit} strategies at most.`

export const modifyRouteDistributionStrategy = operation({
  name: 'ModifyRouteDistributionStrategy',
  family: 'routes',
  about: {
    en: 'Say whether a route is told to the other side, always, never, or as a health check stands. Its gateways do so at once, and once they have such a route.',
    zh: '设置一条路由是否发布给另一侧：始终、从不，或随健康检查的状态变化。网关立即生效；没有该路由时，待其出现后生效。',
  },
  source: 'Smartag 2018-03-13, ModifyRouteDistributionStrategy',
  access: { action: 'smartag:ModifyRouteDistributionStrategy', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...strategyParams,
    RouteDistribution: text()
      .required()
      .oneOf(...distributions)
      .invalid('InvalidParameter')
      .example('publish_and_revoke_on_health_fail')
      .about(
        'What it is at first, and with `_on_health_` when it is the other way round. Nothing is known of a health check: as at first.',
        '初始状态；带 `_on_health_` 时，健康检查为所述状态则相反。健康检查状态未知时保持初始状态。',
      ),
    HcInstanceId: hcInstanceId,
  },

  errors: {
    ...unlistedStrategyErrors,
    'SAG.SoftwareNotSupport': [
      400,
      'The specified SAG software edition instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
      serviceWide,
    ],
    // Then InvalidParameter again, for a health check that is not named.
    'HC.InstanceNoFound': [
      400,
      'The specified network health check instance does not exist.',
      '健康检查实例不存在。',
      {
        en: 'No table is published for this operation; the operations on health checks have this code.',
        zh: '该操作没有公开的错误码表，健康检查类操作有该错误码。',
      },
    ],
  },

  result: {},

  async run({ caller, fleet, healthChecks, routes, now, fail }, params) {
    const { RegionId, SmartAGId, SourceType: side, RouteSource, DestCidrBlock: cidr, HcInstanceId } = params
    const source = RouteSource as RouteSource
    const distribution = params.RouteDistribution
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no gateway
    let healthCheckId: string | undefined
    if (needsHealthCheck(distribution)) {
      if (HcInstanceId === undefined) throw fail('InvalidParameter', 'HcInstanceId is needed.')
      const check = await healthChecks.find(caller.accountId, RegionId, HcInstanceId)
      if (check?.instanceId !== instance.id) throw fail('HC.InstanceNoFound')
      healthCheckId = check.id
    }
    const others = (await routes.strategies(instance.id)).filter(
      (one) => one.side !== side || one.source !== source || one.cidr !== cidr,
    )
    if (others.length >= strategyLimit) throw fail('InvalidParameter', tooMany)
    await routes.put({ instanceId: instance.id, side, source, cidr, distribution, healthCheckId, createdAt: now })
    return {}
  },
})
