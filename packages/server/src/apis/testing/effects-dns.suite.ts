// A call of each operation on the DNS of a device, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { crossing, large, ports } from './effects-ports.suite.ts'
import { forwardOfRows, inRegion } from './effects-world.suite.ts'

const servers = { MasterDns: '10.1.0.53', SlaveDns: '10.1.0.54' }
const otherServers = { MasterDns: '10.1.0.55', SlaveDns: '10.1.0.56' }
const forward = {
  ...{ Domain: 'new.example', MasterIp: '10.1.0.53', SlaveIp: '10.1.0.54', Mode: 'second' },
  ...{ OutboundPortType: 'PhysicalPort', OutboundPortIndex: '0', OutboundPortName: 'eth0' },
}
const otherForward = {
  ...{ Domain: 'other.example', MasterIp: '10.1.0.55', SlaveIp: '10.1.0.56', Mode: 'third' },
  OutboundPortType: 'Tunnel',
  // The index and the name of a port say the same.
  OutboundPortIndex: { beside: { OutboundPortName: '' }, to: { OutboundPortIndex: '2' } },
  OutboundPortName: { beside: { OutboundPortIndex: '' }, to: { OutboundPortName: 'lte' } },
}
const known = { ...large, InstanceId: forwardOfRows }
const unknown = { InstanceId: 'sagv3dnsforward-none' }

export const dnsRows: readonly Row[] = [
  inRegion('AddSmartAccessGatewayDnsForward', { ...large, ...forward }, otherForward),
  inRegion('DeleteSmartAccessGatewayDnsForward', known, unknown),
  inRegion('DescribeSagCurrentDns', ports),
  inRegion('DescribeSagUserDns', ports),
  inRegion('ModifySagUserDns', { ...ports, ...servers }, otherServers),
  inRegion('UpdateSmartAccessGatewayDns', { ...large, ...servers }, { ...otherServers, ...crossing }),
  inRegion('UpdateSmartAccessGatewayDnsForward', { ...known, ...forward }, { ...otherForward, ...unknown }),
  inRegion('ViewSmartAccessGatewayDns', large, crossing),
  inRegion('ViewSmartAccessGatewayDnsForwards', large),
]
