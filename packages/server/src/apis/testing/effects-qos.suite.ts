// A call of each operation of the family of QoS, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { inRegion, onePage } from './effects-world.suite.ts'

const tuple = {
  IpProtocol: 'TCP',
  SourceCidr: '10.1.0.0/24',
  SourcePortRange: '-1/-1',
  DestCidr: '0.0.0.0/0',
  DestPortRange: '80/443',
}
const otherTuple = {
  Name: 'another-name',
  Description: 'Another text',
  Priority: '3',
  IpProtocol: 'UDP',
  SourceCidr: '10.3.0.0/24',
  SourcePortRange: '1/2',
  DestCidr: '10.4.0.0/24',
  DestPortRange: '80/80',
  StartTime: '2022-07-14T16:41:33+0800',
  EndTime: '2022-07-14T16:41:34+0800',
  DpiGroupIds: { to: { 'DpiGroupIds.1': '1' } },
  DpiSignatureIds: { to: { 'DpiSignatureIds.1': '1' } },
}
const share = { LimitType: 'Percent', MinBandwidthPercent: '10', MaxBandwidthPercent: '50' }
const otherLimit = {
  Name: 'another-name',
  Description: 'Another text',
  Priority: '3',
  LimitType: { to: share },
  MinBandwidthAbs: '3',
  MaxBandwidthAbs: '9',
  MinBandwidthPercent: { beside: share, to: { MinBandwidthPercent: '20' } },
  MaxBandwidthPercent: { beside: share, to: { MaxBandwidthPercent: '60' } },
  PercentSourceType: 'CcnBandwidth',
}

export const qosRows: readonly Row[] = [
  inRegion('AssociateQos', { QosId: 'qos-free', SmartAGId: 'sag-bare' }),
  inRegion('CreateQos', { QosName: 'new-one' }, { QosName: 'another-name', QosDescription: 'Another text' }),
  inRegion(
    'CreateQosCar',
    { QosId: 'qos-free', Priority: '7', LimitType: 'Absolute', MinBandwidthAbs: '1', MaxBandwidthAbs: '4' },
    { QosId: 'qos-main', ...otherLimit },
  ),
  inRegion('CreateQosPolicy', { QosId: 'qos-free', Priority: '7', ...tuple }, { QosId: 'qos-main', ...otherTuple }),
  inRegion('DeleteQos', { QosId: 'qos-main' }, { QosId: 'qos-free' }),
  inRegion('DeleteQosCar', { QosId: 'qos-free', QosCarId: 'qoscar-free' }, { QosCarId: 'qoscar-free2' }),
  inRegion('DeleteQosPolicy', { QosId: 'qos-free', QosPolicyId: 'qospy-free' }, { QosPolicyId: 'qospy-free2' }),
  inRegion(
    'DescribeQosCars',
    { QosId: 'qos-free' },
    { QosId: 'qos-main', QosCarId: 'qoscar-free', Description: 'first', Order: 'desc', ...onePage },
  ),
  inRegion(
    'DescribeQosPolicies',
    { QosId: 'qos-free' },
    { QosId: 'qos-main', QosPolicyId: 'qospy-free', Description: 'first', Priority: '2', ...onePage },
  ),
  inRegion('DescribeQoses', {}, { QosIds: 'qos-free', QosName: 'main', ...onePage }),
  inRegion('DisassociateQos', { QosId: 'qos-main', SmartAGId: 'sag-main' }),
  inRegion('GetQosAttribute', { QosId: 'qos-main' }, { QosId: 'qos-free' }),
  inRegion(
    'ModifyQos',
    { QosId: 'qos-free', QosName: 'new-one' },
    { QosName: 'another-name', QosDescription: 'Another' },
  ),
  inRegion(
    'ModifyQosCar',
    { QosId: 'qos-free', QosCarId: 'qoscar-free', MaxBandwidthAbs: '7' },
    { QosCarId: 'qoscar-free2', ...otherLimit },
  ),
  inRegion(
    'ModifyQosPolicy',
    { QosId: 'qos-free', QosPolicyId: 'qospy-free', ...tuple },
    { QosPolicyId: 'qospy-free2', ...otherTuple },
  ),
]
