// A call of each operation on the box itself, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { inRegion } from './effects-world.suite.ts'
import { otherAccountId } from './names.suite.ts'

const ports = { SmartAGId: 'sag-ports', SmartAGSn: 'sagports1' }
const small = { SmartAGId: 'sag-small', SmartAGSn: 'sagsmall1' }
const large = { SagInsId: 'sag-large', SagSn: 'saglarge1' }
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
const alone = { to: { PortName: '3', IP: '10.6.0.1', StartIp: '10.6.0.10', EndIp: '10.6.0.20' } }

export const portRows: readonly Row[] = [
  inRegion('DescribeSagLanList', ports),
  inRegion('DescribeSagManagementPort', ports),
  inRegion('DescribeSagPortList', ports),
  inRegion('DescribeSagWan4G', ports),
  inRegion('DescribeSagWanList', ports),
  inRegion('DescribeSagWanSnat', ports),
  inRegion('DescribeSagWifi', small),
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
  inRegion('ModifySagWanSnat', { ...ports, Snat: 'ENABLE' }, { Snat: 'DISABLE' }),
  inRegion('UpdateSmartAccessGatewayWanSnat', { ...large, Snat: '1' }, { Snat: '0', ...crossing }),
  inRegion('ViewSmartAccessGatewayWanSnat', large, crossing),
]
