import type { Qos, QosCar, QosPolicy } from '../../model/qos.ts'
import { applicationsColumn, applicationsOf } from '../rule-applications.ts'
import type { QosCarTable, QosPolicyTable, QosTable } from './tables.ts'

export function qosOf(row: QosTable): Qos {
  return {
    id: row.id,
    accountId: row.account_id,
    regionId: row.region_id,
    name: row.name,
    description: row.description ?? undefined,
    createdAt: row.created_at,
    resourceGroupId: row.resource_group_id ?? undefined,
  }
}

export function carOf(row: QosCarTable): QosCar {
  return {
    id: row.id,
    qosId: row.qos_id,
    name: row.name ?? undefined,
    description: row.description ?? undefined,
    priority: row.priority,
    limitType: row.limit_type,
    minAbs: row.min_abs,
    maxAbs: row.max_abs,
    minPercent: row.min_percent,
    maxPercent: row.max_percent,
    percentSource: row.percent_source,
    createdAt: row.created_at,
  }
}

/** An empty text is none. */
export function carRow(car: QosCar): QosCarTable {
  return {
    id: car.id,
    qos_id: car.qosId,
    name: car.name || null,
    description: car.description || null,
    priority: car.priority,
    limit_type: car.limitType,
    min_abs: car.minAbs,
    max_abs: car.maxAbs,
    min_percent: car.minPercent,
    max_percent: car.maxPercent,
    percent_source: car.percentSource,
    created_at: car.createdAt,
  }
}

export function policyOf(row: QosPolicyTable): QosPolicy {
  return {
    id: row.id,
    qosId: row.qos_id,
    name: row.name ?? undefined,
    description: row.description ?? undefined,
    priority: row.priority,
    protocol: row.protocol,
    sourceCidr: row.source_cidr,
    sourcePorts: row.source_ports,
    destCidr: row.dest_cidr,
    destPorts: row.dest_ports,
    ...applicationsOf(row),
    startTime: row.start_time ?? undefined,
    endTime: row.end_time ?? undefined,
    createdAt: row.created_at,
  }
}

/** An empty text is none. */
export function policyRow(policy: QosPolicy): QosPolicyTable {
  return {
    id: policy.id,
    qos_id: policy.qosId,
    name: policy.name || null,
    description: policy.description || null,
    priority: policy.priority,
    protocol: policy.protocol,
    source_cidr: policy.sourceCidr,
    source_ports: policy.sourcePorts,
    dest_cidr: policy.destCidr,
    dest_ports: policy.destPorts,
    applications: applicationsColumn(policy),
    start_time: policy.startTime || null,
    end_time: policy.endTime || null,
    created_at: policy.createdAt,
  }
}
