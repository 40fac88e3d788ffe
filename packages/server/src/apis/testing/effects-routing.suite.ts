// A call of each operation on routing, and other values of its parameters.
import { named, type Row } from './effects.suite.ts'
import { crossing, large } from './effects-ports.suite.ts'
import { inRegion } from './effects-world.suite.ts'
import { regionId } from './names.suite.ts'

const routed = { SmartAGId: 'sag-routed', SmartAGSn: 'sagrouted1' }
const line = { PortName: '0', Vlan: '10', RouteProtocol: 'BGP', RemoteIp: '10.7.0.9', RemoteAs: '65000' }
const onLine = {
  PortName: { to: { PortName: '5', Vlan: '0' }, beside: { RouteProtocol: 'OSPF', PortName: '4', Vlan: '0' } },
  Vlan: { to: { Vlan: '10' }, beside: { Vlan: '11' } },
  RouteProtocol: { to: { RouteProtocol: 'STATIC' }, beside: { PortName: '4', Vlan: '0', RouteProtocol: 'OSPF' } },
  RemoteIp: '10.7.0.8',
  RemoteAs: '65001',
}
const ospf = {
  ...{ RouterId: '10.1.0.9', AreaId: '87', HelloTime: '4', DeadTime: '12', AuthenticationType: 'MD5' },
  ...{ Md5KeyId: '9', Md5Key: 'Branch2024' },
}
const otherOspf = {
  ...{ RouterId: '10.1.0.8', AreaId: '88', HelloTime: '5', DeadTime: '13', AuthenticationType: 'NONE', Md5KeyId: '8' },
  Md5Key: 'Branch2025',
  Password: {
    to: { Password: 'Branch25' },
    beside: { AuthenticationType: 'CLEARTEXT', Password: 'Branch24' },
  },
}
const bgp = { RouterId: '10.1.0.9', LocalAs: '65000', KeepAlive: '3', HoldTime: '9' }
const otherBgp = { RouterId: '10.1.0.8', LocalAs: '65001', KeepAlive: '4', HoldTime: '10' }
const neighbour = { PortName: '4', RouteProtocol: 'BGP', RemoteIp: '10.7.0.9', RemoteAs: '65000' }

export const routingRows: readonly Row[] = [
  inRegion('DescribeSagGlobalRouteProtocol', routed),
  inRegion('DescribeSagPortRouteProtocolList', routed),
  inRegion('DescribeSagRouteProtocolBgp', routed),
  inRegion('DescribeSagRouteProtocolOspf', routed),
  inRegion('ModifySagGlobalRouteProtocol', { ...routed, RouteProtocol: 'OSPF' }, { RouteProtocol: 'BGP' }),
  inRegion('ModifySagPortRouteProtocol', { ...routed, ...line }, onLine),
  inRegion('ModifySagRouteProtocolBgp', { ...routed, ...bgp }, otherBgp),
  inRegion('ModifySagRouteProtocolOspf', { ...routed, ...ospf }, otherOspf),
  inRegion('UpdateSmartAccessGatewayBgpRoute', { ...large, ...bgp }, { ...otherBgp, ...crossing }),
  inRegion(
    'UpdateSmartAccessGatewayGlobalRouteProtocol',
    { ...large, RouteProtocol: 'OSPF' },
    { RouteProtocol: 'BGP', ...crossing },
  ),
  inRegion('UpdateSmartAccessGatewayOspfRoute', { ...large, ...ospf }, { ...otherOspf, ...crossing }),
  inRegion(
    'UpdateSmartAccessGatewayPortRouteProtocol',
    { ...large, ...neighbour },
    { PortName: '5', RouteProtocol: 'STATIC', RemoteIp: '10.7.0.8', RemoteAs: '65001', ...crossing },
    {
      async prepare(world) {
        const update = named('UpdateSmartAccessGatewayGlobalRouteProtocol')
        await world.call(update, { RegionId: regionId, ...large, RouteProtocol: 'BGP' })
      },
    },
  ),
  inRegion('ViewSmartAccessGatewayBgpRoute', large, crossing),
  inRegion('ViewSmartAccessGatewayGlobalRouteProtocol', large, crossing),
  inRegion('ViewSmartAccessGatewayOspfRoute', large, crossing),
  inRegion('ViewSmartAccessGatewayPortRouteProtocol', large, crossing),
]
