import type { RouteSource } from '@opensag/protocol'
import { operation } from '../../operation.ts'
import { unlistedStrategyErrors } from './strategy-errors.ts'
import { strategyParams } from './strategy-params.ts'

export const deleteRouteDistributionStrategy = operation({
  name: 'DeleteRouteDistributionStrategy',
  family: 'routes',
  about: {
    en: 'Let a route be told to the other side again, as every route is without a strategy.',
    zh: '删除一条路由的发布策略，恢复默认发布。',
  },
  source: 'Smartag 2018-03-13, DeleteRouteDistributionStrategy',
  access: {
    action: 'smartag:DeleteRouteDistributionStrategy',
    level: 'Write',
    printed: 'delete',
    resource: '*',
    dependent: [],
  },
  transaction: 'write',

  params: strategyParams,

  errors: unlistedStrategyErrors,

  result: {},

  async run({ caller, fleet, routes, fail }, params) {
    const instance = await fleet.instance(caller.accountId, params.RegionId, params.SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const source = params.RouteSource as RouteSource
    await routes.remove(instance.id, { side: params.SourceType, source, cidr: params.DestCidrBlock })
    return {}
  },
})
