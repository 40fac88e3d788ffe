// A call of each operation on routes, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { crossing, large, ports } from './effects-ports.suite.ts'
import { inRegion } from './effects-world.suite.ts'

/** Two of the world, and one more. */
const first = { PortName: '4', DestinationCidr: '10.50.0.0/24' }
const another = { PortName: '3', DestinationCidr: '10.60.0.0/24' }

/** One of them has a strategy in the world. */
const main = { SmartAGId: 'sag-main', SourceType: 'local', RouteSource: 'STATIC', DestCidrBlock: '10.50.0.0/24' }
const others = { SourceType: 'cloud', RouteSource: 'BGP', DestCidrBlock: '10.60.0.0/24' }

export const routeRows: readonly Row[] = [
  inRegion(
    'CreateSagStaticRoute',
    { ...ports, PortName: '4', DestinationCidr: '10.70.0.0/24', NextHop: '10.1.0.250' },
    { PortName: '3', DestinationCidr: '10.80.0.0/24', NextHop: '10.1.0.251' },
  ),
  inRegion('DeleteRouteDistributionStrategy', main, others),
  inRegion('DeleteSagStaticRoute', { ...ports, ...first }, { ...another, Vlan: '7' }),
  inRegion(
    'DescribeRouteDistributionStrategies',
    { SmartAGId: 'sag-ports', SourceType: 'local' },
    { SourceType: 'cloud' },
  ),
  inRegion('DescribeSagRouteList', ports),
  inRegion('DescribeSagStaticRouteList', ports),
  inRegion(
    'ModifyRouteDistributionStrategy',
    { ...main, RouteDistribution: 'publish_and_revoke_on_health_fail', HcInstanceId: 'hc-main' },
    { ...others, RouteDistribution: 'no_publish', HcInstanceId: 'hc-nothing' },
  ),
  inRegion(
    'ModifySagStaticRoute',
    { ...ports, ...first, NextHop: '10.1.0.251' },
    { ...another, NextHop: '10.1.0.252' },
  ),
  inRegion('ViewSmartAccessGatewayRoutes', large, crossing),
]
