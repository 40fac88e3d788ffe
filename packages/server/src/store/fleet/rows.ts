import type { Selectable } from 'kysely'
import type { Device, DeviceModel } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'
import type { OrderFacts } from '../../model/order.ts'
import type { DeviceTable, InstanceTable } from '../schema.ts'
import type { InstanceSettings, NewInstance } from './fleet.ts'

export type InstanceRow = Selectable<InstanceTable>

/** What the rules need to know of a device; keys and tickets stay where they are. */
export const deviceColumns = [
  'serial',
  'model',
  'version',
  'instance_id',
  'role',
  'bound_at',
  'seal_key',
  'node',
  'connected_at',
  'last_seen_at',
  'started_at',
  'service_ip',
  'console_url',
  'syn_status',
  'resettable',
  'password_generation',
  'applied_revision',
  'config_trial',
  'config_failing',
  'reverted_revision',
  'reverted_reason',
  'config_reported_at',
  'unlocked_at',
  'restarting_since',
  'locked_since',
] as const satisfies readonly (keyof DeviceTable)[]

export type DeviceRow = Pick<Selectable<DeviceTable>, (typeof deviceColumns)[number]>

export function deviceOf(row: DeviceRow): Device {
  return {
    serial: row.serial,
    model: row.model as DeviceModel,
    version: row.version,
    instanceId: row.instance_id ?? undefined,
    role: row.role ?? undefined,
    connected: row.node !== null && row.restarting_since === null && row.locked_since === null,
    synStatus: row.syn_status,
    sealKey: row.seal_key ?? undefined,
    boundAt: row.bound_at ?? undefined,
    connectedAt: row.connected_at ?? undefined,
    lastSeenAt: row.last_seen_at ?? undefined,
    startedAt: row.started_at ?? undefined,
    serviceIp: row.service_ip ?? undefined,
    consoleUrl: row.console_url ?? undefined,
    resettable: row.resettable !== 0,
    passwordGeneration: row.password_generation,
    appliedRevision: row.applied_revision,
    configOnTrial: row.config_trial !== 0,
    configFailing: row.config_failing !== 0,
    revertedRevision: row.reverted_revision ?? undefined,
    revertedReason: (row.reverted_reason ?? undefined) as Device['revertedReason'],
    configReportedAt: row.config_reported_at ?? undefined,
    unlockedAt: row.unlocked_at ?? undefined,
    restartingSince: row.restarting_since ?? undefined,
    lockedSince: row.locked_since ?? undefined,
  }
}

export function instanceOf(row: InstanceRow, devices: readonly DeviceRow[]): Instance {
  return {
    id: row.id,
    accountId: row.account_id,
    regionId: row.region_id,
    kind: row.kind,
    spec: row.spec as Instance['spec'],
    name: row.name ?? undefined,
    description: row.description ?? undefined,
    haType: row.ha_type,
    maxBandwidth: row.max_bandwidth,
    resourceGroupId: row.resource_group_id ?? undefined,
    orderId: row.order_id,
    alreadyHaveSag: row.already_have_sag !== 0,
    periodMonths: row.period_months,
    createdAt: row.created_at,
    paidAt: row.paid_at ?? undefined,
    shippedAt: row.shipped_at ?? undefined,
    arrivedAt: row.arrived_at ?? undefined,
    returningAt: row.returning_at ?? undefined,
    activatedAt: row.activated_at ?? undefined,
    overdueSince: row.overdue_since ?? undefined,
    endsAt: row.ends_at ?? undefined,
    routingStrategy: row.routing_strategy,
    securityLockThreshold: row.security_lock_threshold,
    position: row.position ?? undefined,
    city: row.city ?? undefined,
    ccnId: row.ccn_id ?? undefined,
    userCount: row.user_count ?? undefined,
    dataPlan: row.data_plan ?? undefined,
    enterpriseCode: row.enterprise_code ?? undefined,
    connectionAudit: row.connection_audit !== 0,
    configRevision: row.config_revision,
    devices: devices.map(deviceOf).sort(activeFirst),
  }
}

function activeFirst(a: Device, b: Device): number {
  return Number(b.role === 'active') - Number(a.role === 'active')
}

/** A fresh instance: ordered, nothing else has happened. */
export function rowOfNew(instance: NewInstance): InstanceRow {
  return {
    id: instance.id,
    account_id: instance.accountId,
    region_id: instance.regionId,
    kind: instance.kind,
    spec: instance.spec,
    name: instance.name ?? null,
    description: instance.description ?? null,
    ha_type: instance.haType,
    max_bandwidth: instance.maxBandwidth,
    cpe_version: instance.cpeVersion ?? null,
    buyer_message: instance.buyerMessage ?? null,
    receiver: instance.receiver === undefined ? null : JSON.stringify(instance.receiver),
    resource_group_id: null,
    order_id: instance.orderId,
    already_have_sag: Number(instance.alreadyHaveSag),
    period_months: instance.periodMonths,
    created_at: instance.createdAt,
    paid_at: null,
    shipped_at: null,
    arrived_at: null,
    returning_at: null,
    activated_at: null,
    overdue_since: null,
    ends_at: null,
    routing_strategy: 'static',
    security_lock_threshold: 0,
    position: null,
    city: null,
    ccn_id: null,
    ccn_bound_at: null,
    user_count: instance.userCount ?? null,
    data_plan: instance.dataPlan ?? null,
    enterprise_code: instance.enterpriseCode ?? null,
    connection_audit: 0,
    config_revision: 0,
  }
}

export function orderColumns(facts: OrderFacts): Partial<InstanceRow> {
  return {
    ...(facts.paidAt === undefined ? {} : { paid_at: facts.paidAt }),
    ...(facts.shippedAt === undefined ? {} : { shipped_at: facts.shippedAt }),
    ...(facts.arrivedAt === undefined ? {} : { arrived_at: facts.arrivedAt }),
    ...(facts.activatedAt === undefined ? {} : { activated_at: facts.activatedAt }),
    ...(facts.returningAt === undefined ? {} : { returning_at: facts.returningAt }),
  }
}

export function settingColumns(settings: InstanceSettings): Partial<InstanceRow> {
  const { name, description, position, routingStrategy, securityLockThreshold, connectionAudit } = settings
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(position === undefined ? {} : { position }),
    ...(routingStrategy === undefined ? {} : { routing_strategy: routingStrategy }),
    ...(securityLockThreshold === undefined ? {} : { security_lock_threshold: securityLockThreshold }),
    ...(connectionAudit === undefined ? {} : { connection_audit: Number(connectionAudit) }),
  }
}
