import { integerField, stringField, wrapped } from '../../../declare/index.ts'
import type { QosCar, QosPolicy } from '../../../model/qos.ts'
import { shownApplications } from '../application-params.ts'

/** The bandwidths of a throttling rule, as several answers show them. */
export const limitFields = {
  LimitType: stringField,
  MaxBandwidthAbs: integerField,
  MaxBandwidthPercent: integerField,
  MinBandwidthAbs: integerField,
  MinBandwidthPercent: integerField,
  PercentSourceType: stringField,
}

export function shownLimit(car: QosCar) {
  return {
    LimitType: car.limitType,
    MaxBandwidthAbs: car.maxAbs,
    MaxBandwidthPercent: car.maxPercent,
    MinBandwidthAbs: car.minAbs,
    MinBandwidthPercent: car.minPercent,
    PercentSourceType: car.percentSource,
  }
}

/** A classification rule, as lists and the answer to its creation show it. */
export const policyFields = {
  Description: stringField,
  DestCidr: stringField,
  DestPortRange: stringField,
  DpiGroupIds: wrapped('DpiGroupId', stringField),
  DpiSignatureIds: wrapped('DpiSignatureId', stringField),
  EndTime: stringField,
  IpProtocol: stringField,
  Name: stringField,
  Priority: integerField,
  QosId: stringField,
  QosPolicyId: stringField,
  SourceCidr: stringField,
  SourcePortRange: stringField,
  StartTime: stringField,
}

export function shownTuple(policy: QosPolicy) {
  return {
    DestCidr: policy.destCidr,
    DestPortRange: policy.destPorts,
    IpProtocol: policy.protocol,
    SourceCidr: policy.sourceCidr,
    SourcePortRange: policy.sourcePorts,
  }
}

export function shownPolicy(policy: QosPolicy) {
  return {
    ...shownTuple(policy),
    Description: policy.description,
    EndTime: policy.endTime,
    Name: policy.name,
    Priority: policy.priority,
    QosId: policy.qosId,
    QosPolicyId: policy.id,
    StartTime: policy.startTime,
    ...shownApplications(policy),
  }
}
