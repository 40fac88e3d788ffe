import { numberToIpv4 } from '@opensag/rules'
import { instanceColumns } from '../../../columns/instance.ts'
import { tagText } from '../../../model/tags.ts'
import { compiledQuery, compiledRow } from '../../compiled-query.ts'
import { routeStrategiesOf } from '../../routes/strategies.ts'
import type { Reader } from '../../store.ts'
import { type Fields, Found, factsColumn, factsFromRow } from './found.ts'
import type { FactsKey } from './subject.ts'

const instanceFields: Fields = {
  Name: 'name',
  Description: 'description',
  Position: 'position',
  HardwareSpec: 'spec',
  MaxBandwidth: 'max_bandwidth',
  UpBandwidthWan: 'up_bandwidth_wan',
  ResourceGroupId: 'resource_group_id',
  RoutingStrategy: 'routing_strategy',
  SecurityLockThreshold: 'security_lock_threshold',
  EnableSoftwareConnectionAudit: 'connection_audit',
  AppDNS: 'app_dns',
  RecoveredDNS: 'recovered_dns',
  AssociatedCcnId: 'ccn_id',
  AclId: 'acl_id',
  QosId: 'qos_id',
  FlowLogId: 'flow_log_id',
  DpiEnabled: 'dpi_enabled',
  SlsProjectName: 'dpi_project',
  SlsLogStore: 'dpi_logstore',
  ApplicationBandwidthPackageId: 'application_package_id',
  ApplicationBandwidth: 'application_bandwidth',
  AccessPoint: 'access_point',
  UserCount: 'user_count',
  DataPlan: 'data_plan',
  EnterpriseCode: 'enterprise_code',
  PaidAt: 'paid_at',
  ShippedAt: 'shipped_at',
  ArrivedAt: 'arrived_at',
  ReturningAt: 'returning_at',
  ActivatedAt: 'activated_at',
  OverdueSince: 'overdue_since',
  EndTime: 'ends_at',
  PeriodMonths: 'period_months',
}
const instanceIdentity = { id: 'id', name: 'name', accountId: 'account_id' }
const factsOfHeldRow = factsFromRow(instanceIdentity, instanceFields)
const instanceById = compiledRow(
  (db: Reader, given: { id: string }) =>
    db
      .selectFrom('instance')
      .select(factsColumn(db, instanceIdentity, instanceFields).as('facts'))
      .where('id', '=', given.id),
  { id: 'id', read: (row) => ({ facts: factsOfHeldRow(row) }) },
)

const deviceFields: Fields = {
  Model: 'model',
  SmartAGId: 'instance_id',
  HaState: 'role',
  SoftwareVersion: 'version',
  UnlockedAt: 'unlocked_at',
  Box: 'box',
}
const deviceBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .select(factsColumn(db, { id: 'serial', name: null, accountId: null }, deviceFields).as('facts'))
    .where('serial', '=', given.serial),
)

const snatFields: Fields = { SmartAGId: 'instance_id', CidrBlock: 'cidr', SnatIp: 'snat_ip' }
const snatById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('snat_entry')
    .select(factsColumn(db, { id: 'id', name: null, accountId: null }, snatFields).as('facts'))
    .where('id', '=', given.id),
)

const dnatFields: Fields = {
  SmartAGId: 'instance_id',
  Type: 'type',
  IpProtocol: 'protocol',
  ExternalIp: 'external_ip',
  ExternalPort: 'external_port',
  InternalIp: 'internal_ip',
  InternalPort: 'internal_port',
}
const dnatById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('dnat_entry')
    .select(factsColumn(db, { id: 'id', name: null, accountId: null }, dnatFields).as('facts'))
    .where('id', '=', given.id),
)

export async function instanceFacts(db: Reader, { key, lists = [] }: FactsKey): Promise<Found | undefined> {
  const row = await instanceById(db, { id: key })
  if (row === undefined) return undefined
  let found = new Found(instanceFields, row.facts)
  if (lists.includes('cidrs')) found = found.withList('CidrBlock', await cidrs(db, key))
  if (lists.includes('snat')) found = found.withList('SnatEntries', await snatEntries(db, key))
  if (lists.includes('addresses')) found = found.withList('ServiceAddresses', await serviceAddresses(db, key))
  if (lists.includes('locks')) found = found.withList('LockedDevices', await lockedDevices(db, key))
  if (lists.includes('tags')) found = found.withList('Tags', await tags(db, key))
  if (lists.includes('routeStrategies')) {
    found = found.withList('RouteDistributionStrategies', await routeStrategies(db, key))
  }
  return found
}

export async function deviceFacts(db: Reader, { key, lists = [] }: FactsKey): Promise<Found | undefined> {
  const row = await deviceBySerial(db, { serial: key })
  if (row === undefined) return undefined
  const found = new Found(deviceFields, row.facts)
  return lists.includes('upgradePolicies') ? found.withList('UpgradePolicies', await upgradePolicies(db, key)) : found
}

export async function snatFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await snatById(db, { id: key })
  return row && new Found(snatFields, row.facts)
}

export async function dnatFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await dnatById(db, { id: key })
  return row && new Found(dnatFields, row.facts)
}

async function routeStrategies(db: Reader, instanceId: string): Promise<readonly string[]> {
  return (await routeStrategiesOf(db, instanceId)).map(({ side, source, cidr, distribution, healthCheckId }) =>
    [side, source, cidr, distribution, ...(healthCheckId === undefined ? [] : [healthCheckId])].join(' '),
  )
}

async function upgradePolicies(db: Reader, serial: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('upgrade_policy')
    .select(['version_type', 'upgrade_type', 'cron', 'duration', 'time_zone'])
    .where('serial', '=', serial)
    .orderBy('version_type')
    .execute()
  return rows.map(({ version_type, upgrade_type, cron, duration, time_zone }) =>
    [`${version_type}:${upgrade_type}`, ...(cron === null ? [] : [cron, `${duration} min`, time_zone])].join(' '),
  )
}

const tagsById = compiledRow(
  (db: Reader, given: { id: string }) => db.selectFrom('instance').select('tags').where('id', '=', given.id),
  { id: 'id', read: ({ tags }) => ({ tags }) },
)

async function tags(db: Reader, instanceId: string): Promise<readonly string[]> {
  const row = await tagsById(db, { id: instanceId })
  return (instanceColumns.tags.read(row?.tags ?? null) ?? []).map(tagText)
}

async function cidrs(db: Reader, instanceId: string): Promise<readonly string[]> {
  const blocks = db.selectFrom('instance_cidr').select('cidr').where('instance_id', '=', instanceId)
  return (await blocks.orderBy('position').execute()).map(({ cidr }) => cidr)
}

async function snatEntries(db: Reader, instanceId: string): Promise<readonly string[]> {
  const entries = db.selectFrom('snat_entry').select(['cidr', 'snat_ip']).where('instance_id', '=', instanceId)
  const rows = await entries.orderBy('first').orderBy('snat_ip').execute()
  return rows.map(({ cidr, snat_ip }) => `${cidr}=${numberToIpv4(snat_ip)}`)
}

async function serviceAddresses(db: Reader, instanceId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('service_address')
    .select(['serial', 'address_type', 'address'])
    .where('instance_id', '=', instanceId)
    .orderBy('serial')
    .orderBy('address_type')
    .orderBy('address')
    .execute()
  return rows.map(({ serial, address_type, address }) => `${serial}:${address_type}=${numberToIpv4(address)}`)
}

const lockedOf = compiledQuery((db: Reader, given: { id: string }) =>
  db
    .selectFrom('device')
    .select('serial')
    .where('instance_id', '=', given.id)
    .where('locked_since', 'is not', null)
    .orderBy('serial'),
)

async function lockedDevices(db: Reader, instanceId: string): Promise<readonly string[]> {
  return (await lockedOf(db, { id: instanceId })).rows.map(({ serial }) => serial)
}
