import { routeSources } from '@opensag/protocol'
import { text } from '../../../declare/index.ts'
import { routeDestination } from '../../../model/static-route.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

export const instanceParams = {
  RegionId: regionId,
  SmartAGId: smartAgId.required('SAG.InstanceIdEmpty'),
  ...ownerParams,
} as const

export const sourceType = text()
  .required()
  .oneOf('cloud', 'local')
  .invalid('RD.InvalidSourceType')
  .example('local')
  .about(
    '`local`: a route of the branch, which the cloud is told. `cloud`: one of the cloud, which routers of the branch are told.',
    '`local`：分支的路由，发布给云端。`cloud`：云端的路由，发布给分支的路由器。',
  )

/** Which route of an instance. */
export const strategyParams = {
  ...instanceParams,
  SourceType: sourceType,
  RouteSource: text()
    .required()
    .matches(new RegExp(`^(${routeSources.join('|')})$`))
    .invalid('InvalidParameter')
    .example('STATIC')
    .about(
      '`STATIC`, `OSPF` or `BGP`. Blocks and static routes are `STATIC`, all routes of the cloud `BGP`.',
      '`STATIC`、`OSPF` 或 `BGP`。网段与静态路由为 `STATIC`，云端的路由均为 `BGP`。',
    ),
  DestCidrBlock: text()
    .required()
    .readsAs(routeDestination, 'InvalidParameter')
    .example('10.50.0.0/24')
    .about('The network of the route, exactly.', '路由的网段，须完全一致。'),
} as const
