import { compiledRow } from '../../compiled-query.ts'
import type { Reader } from '../../store.ts'
import { type Fields, Found, factsColumn } from './found.ts'
import type { FactsKey } from './subject.ts'

const qosFields: Fields = {
  QosName: 'name',
  QosDescription: 'description',
  ResourceGroupId: 'resource_group_id',
}
const qosById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('qos')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: 'account_id' }, qosFields).as('facts'))
    .where('id', '=', given.id),
)

const ruleFields: Fields = { QosId: 'qos_id', Name: 'name', Description: 'description', Priority: 'priority' }
const ruleIdentity = { id: 'id', name: 'name', accountId: null }

const carFields: Fields = {
  ...ruleFields,
  LimitType: 'limit_type',
  MinBandwidthAbs: 'min_abs',
  MaxBandwidthAbs: 'max_abs',
  MinBandwidthPercent: 'min_percent',
  MaxBandwidthPercent: 'max_percent',
  PercentSourceType: 'percent_source',
}
const carById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('qos_car')
    .select(factsColumn(db, ruleIdentity, carFields).as('facts'))
    .where('id', '=', given.id),
)

// Texts, as they were sent: no moments, as `EndTime` is in other facts.
const policyFields: Fields = {
  ...ruleFields,
  IpProtocol: 'protocol',
  SourceCidr: 'source_cidr',
  SourcePortRange: 'source_ports',
  DestCidr: 'dest_cidr',
  DestPortRange: 'dest_ports',
  StartsAt: 'start_time',
  EndsAt: 'end_time',
}
const policyById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('qos_policy')
    .select(factsColumn(db, ruleIdentity, policyFields).as('facts'))
    .where('id', '=', given.id),
)

export async function qosFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await qosById(db, { id: key })
  return row && new Found(qosFields, row.facts)
}

export async function qosCarFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await carById(db, { id: key })
  return row && new Found(carFields, row.facts)
}

export async function qosPolicyFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await policyById(db, { id: key })
  return row && new Found(policyFields, row.facts)
}
