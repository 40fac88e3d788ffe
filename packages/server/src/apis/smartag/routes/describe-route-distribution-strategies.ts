import { booleanField, integerField, longField, stringField, wrapped } from '../../../declare/index.ts'
import { onPage } from '../../../model/on-page.ts'
import { trafficMaster } from '../../../model/pair.ts'
import { distributedRoutes } from '../../../model/route-strategy.ts'
import { type Claim, conflictsOf } from '../../../model/static-route.ts'
import { operation } from '../../operation.ts'
import { pageNumber, pageSize } from '../common-params.ts'
import { strategyErrors } from './strategy-errors.ts'
import { instanceParams, sourceType } from './strategy-params.ts'

export const describeRouteDistributionStrategies = operation({
  name: 'DescribeRouteDistributionStrategies',
  family: 'routes',
  about: {
    en: 'List the routes of one side, those that gateways of the instance have now and those a strategy is about: whether each is told to the other side.',
    zh: '查询一侧的路由（网关当前的路由及设有策略的路由），以及各路由是否发布给另一侧。',
  },
  source: 'Smartag 2018-03-13, DescribeRouteDistributionStrategies',
  access: { action: 'smartag:DescribeRouteDistributionStrategies', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    ...instanceParams,
    SourceType: sourceType,
    PageNumber: pageNumber,
    PageSize: pageSize('Routes'),
  },

  errors: strategyErrors,

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    Strategies: wrapped('Strategy', {
      SmartAGId: stringField,
      SourceType: stringField,
      RouteSource: stringField,
      DestCidrBlock: stringField,
      RouteDistribution: stringField,
      HcInstanceId: stringField,
      Status: stringField,
      StrategyPublishStatus: stringField,
      IsConflict: booleanField,
      ConflictInfo: stringField,
      CreateTime: longField,
    }),
  },

  async run({ caller, fleet, routes, fail }, { RegionId, SmartAGId, SourceType, PageNumber, PageSize }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const master = trafficMaster(instance)
    // Of a gateway that is away nothing is known.
    const known = master?.connected === true ? await routes.of(master.serial) : undefined
    const all = distributedRoutes(SourceType, known ?? [], await routes.strategies(instance.id))
    const claims = await routes.claimsAround(instance.id)
    return {
      TotalCount: all.length,
      PageNumber,
      PageSize,
      Strategies: onPage(all, PageNumber, PageSize).map(({ side, source, cidr, route, strategy }) => {
        const conflicts = route === undefined ? [] : conflictsOf(route, claims)
        return {
          SmartAGId,
          SourceType: side,
          RouteSource: source,
          DestCidrBlock: cidr,
          RouteDistribution: strategy?.distribution ?? 'publish',
          HcInstanceId: strategy?.healthCheckId,
          Status: route === undefined ? 'revoked' : 'normal',
          StrategyPublishStatus: route?.isDistributed === true ? 'publish' : 'not_publish',
          IsConflict: conflicts.length > 0,
          ConflictInfo: conflicts.length === 0 ? undefined : conflictInfo(conflicts),
          CreateTime: strategy?.createdAt,
        }
      }),
    }
  },
})

/** Whose each network is that it overlaps with, as the sample of the page has it. */
function conflictInfo(conflicts: readonly Claim[]): string {
  const networks = [...new Set(conflicts.map(({ cidr }) => cidr))]
  const ownersOf = (network: string): readonly string[] =>
    conflicts.filter(({ cidr }) => cidr === network).map(({ owner }) => owner)
  return networks.map((network) => `"${network}":"${ownersOf(network).join(',')}"`).join(',')
}
