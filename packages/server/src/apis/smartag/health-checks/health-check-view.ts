import { numberToIpv4 } from '@opensag/rules'
import { integerField, stringField } from '../../../declare/index.ts'
import type { HealthCheck } from '../../../model/health-check.ts'

/** What both operations show of a health check. */
export const healthCheckFields = {
  HcInstanceId: stringField,
  SmartAGId: stringField,
  Name: stringField,
  Description: stringField,
  Type: stringField,
  DstIpAddr: stringField,
  DstPort: integerField,
  SrcIpAddr: stringField,
  SrcPort: integerField,
  ProbeInterval: integerField,
  ProbeCount: integerField,
  ProbeTimeout: integerField,
  RttThreshold: integerField,
  RttFailThreshold: integerField,
  FailCountThreshold: integerField,
} as const

export function shownHealthCheck(check: HealthCheck) {
  return {
    HcInstanceId: check.id,
    SmartAGId: check.instanceId,
    Name: check.name,
    Description: check.description,
    Type: 'ICMP_ECHO',
    DstIpAddr: numberToIpv4(check.destination),
    DstPort: check.destinationPort,
    SrcIpAddr: numberToIpv4(check.source),
    SrcPort: check.sourcePort,
    ProbeInterval: check.interval,
    ProbeCount: check.count,
    ProbeTimeout: check.timeout,
    RttThreshold: check.slow,
    RttFailThreshold: check.slowAnswers,
    FailCountThreshold: check.failures,
  }
}
