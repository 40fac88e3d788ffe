// A call of each operation on the box itself, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { inRegion } from './effects-world.suite.ts'
import { otherAccountId } from './names.suite.ts'

export const ports = { SmartAGId: 'sag-ports', SmartAGSn: 'sagports1' }
const lines = { SmartAGId: 'sag-lines', SmartAGSn: 'saglines1' }
const pair = { SmartAGId: 'sag-pair', SmartAGSn: 'sagpair1' }
const small = { SmartAGId: 'sag-small', SmartAGSn: 'sagsmall1' }
export const large = { SagInsId: 'sag-large', SagSn: 'saglarge1' }
export const crossing = {
  CrossAccount: { to: { CrossAccount: 'true', ResourceUid: otherAccountId } },
  ResourceUid: {
    beside: { CrossAccount: 'true', ResourceUid: '1210123456123456' },
    to: { ResourceUid: otherAccountId },
  },
}
const lan = {
  ...{ PortName: '4', IPType: 'DHCP', IP: '10.1.0.1', Mask: '255.255.255.0' },
  ...{ StartIp: '10.1.0.10', EndIp: '10.1.0.20', Lease: '60' },
}
const wan = {
  ...{ PortName: '5', IPType: 'STATIC', IP: '203.0.113.6', Mask: '255.255.255.248', Gateway: '203.0.113.1' },
  ...{ Username: 'branch01', Priority: '1', Weight: '100', ISP: 'CT', Bandwidth: '50' },
}
const radio = {
  ...{ SSID: 'branch', IsBroadcast: 'True', EncryptAlgorithm: 'AES' },
  ...{ Channel: '6', Bandwidth: '20 MHz', Password: 'Branch2024' },
}
const alone = { to: { PortName: '3', IP: '10.6.0.1', StartIp: '10.6.0.10', EndIp: '10.6.0.20' } }

const line = { PortName: '1', Vlan: '10', IP: '192.168.30.1', Mask: '255.255.255.252' }

export const portRows: readonly Row[] = [
  inRegion(
    'CreateSagExpressConnectInterface',
    { ...lines, ...line },
    { PortName: '3', Vlan: '11', IP: '192.168.30.2', Mask: '255.255.255.248' },
  ),
  inRegion('DeleteSagExpressConnectInterface', { ...lines, PortName: '3', Vlan: '20' }, { PortName: '1', Vlan: '21' }),
  inRegion('DescribeSagExpressConnectInterfaceList', { ...lines, PortName: '3' }, { PortName: '1' }),
  inRegion('DescribeSagHa', pair),
  inRegion('DescribeSagLanList', ports),
  inRegion('DescribeSagManagementPort', ports),
  inRegion('DescribeSagPortList', ports),
  inRegion('DescribeSagWan4G', ports),
  inRegion('DescribeSagWanList', ports),
  inRegion('DescribeSagWanSnat', ports),
  inRegion('DescribeSagWifi', small),
  inRegion(
    'ModifySagExpressConnectInterface',
    { ...lines, ...line, PortName: '3', Vlan: '20' },
    { PortName: '1', Vlan: '21', IP: '192.168.30.2', Mask: '255.255.255.248' },
  ),
  inRegion(
    'ModifySagHa',
    { ...pair, Mode: 'STATIC', PortName: '4', VirtualIp: '10.1.0.250' },
    { Mode: 'NONE', PortName: { to: { PortName: '5', VirtualIp: '203.0.113.2' } }, VirtualIp: '10.1.0.251' },
  ),
  inRegion(
    'ModifySagLan',
    { ...ports, ...lan },
    {
      PortName: alone,
      IPType: 'STATIC',
      IP: '10.1.0.2',
      Mask: '255.255.255.128',
      StartIp: '10.1.0.11',
      EndIp: '10.1.0.21',
      Lease: '61',
    },
  ),
  inRegion(
    'ModifySagManagementPort',
    { ...ports, IP: '192.168.0.9', Mask: '255.255.255.0', Gateway: '192.168.0.2' },
    { IP: '192.168.0.8', Mask: '255.255.0.0', Gateway: '192.168.0.3' },
  ),
  inRegion('ModifySagPortRole', { ...ports, PortName: '1', Role: 'ECC' }, { PortName: '0', Role: 'LAN' }),
  inRegion(
    'ModifySagWan',
    { ...ports, ...wan },
    {
      PortName: { to: { PortName: '0', IP: '198.51.100.6', Gateway: '198.51.100.1' } },
      IPType: { to: { IPType: 'PPPOE', Username: 'branch01', Password: 'Branch2024' } },
      IP: '203.0.113.5',
      Mask: '255.255.255.240',
      Gateway: '203.0.113.2',
      Username: { beside: { IPType: 'PPPOE', Password: 'Branch2024' }, to: { Username: 'branch02' } },
      Priority: '2',
      Weight: '50',
      ISP: 'CM',
      Bandwidth: '40',
    },
  ),
  inRegion('ModifySagWanSnat', { ...ports, Snat: 'ENABLE' }, { Snat: 'DISABLE' }),
  inRegion(
    'ModifySagWifi',
    { ...small, ...radio, IsEnable: 'True', IsAuth: 'True', AuthenticationType: 'WPA2-PSK' },
    {
      ...{ IsEnable: 'False', SSID: 'other', IsBroadcast: 'False', IsAuth: 'False', AuthenticationType: 'WPA-PSK' },
      ...{ EncryptAlgorithm: 'TKIP', Channel: '7', Bandwidth: '40 MHz' },
    },
  ),
  inRegion('UpdateSmartAccessGatewayWanSnat', { ...large, Snat: '1' }, { Snat: '0', ...crossing }),
  inRegion('ViewSmartAccessGatewayWanSnat', large, crossing),
]
