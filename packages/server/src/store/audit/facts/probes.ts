import { compiledRow } from '../../compiled-query.ts'
import type { Reader } from '../../store.ts'
import { type Fields, Found, factsColumn } from './found.ts'
import type { FactsKey } from './subject.ts'

const healthCheckFields: Fields = {
  SmartAGId: 'instance_id',
  Name: 'name',
  Description: 'description',
  SrcIpAddr: 'source',
  SrcPort: 'source_port',
  DstIpAddr: 'destination',
  DstPort: 'destination_port',
  ProbeInterval: 'interval_ms',
  ProbeCount: 'probe_count',
  ProbeTimeout: 'timeout_ms',
  RttThreshold: 'slow_ms',
  RttFailThreshold: 'slow_answers',
  FailCountThreshold: 'failures',
}
const healthCheckById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('health_check')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: null }, healthCheckFields).as('facts'))
    .where('id', '=', given.id),
)

export async function healthCheckFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await healthCheckById(db, { id: key })
  return row && new Found(healthCheckFields, row.facts)
}

const probeTaskFields: Fields = {
  SagId: 'instance_id',
  Sn: 'serial',
  TaskName: 'name',
  Type: 'type',
  Protocol: 'protocol',
  Domain: 'domain',
  Port: 'port',
  ProbeTaskSourceAddress: 'source',
  PacketNumber: 'packets',
  Enable: 'enabled',
}
const probeTaskById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('probe_task')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: null }, probeTaskFields).as('facts'))
    .where('id', '=', given.id),
)

export async function probeTaskFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await probeTaskById(db, { id: key })
  return row && new Found(probeTaskFields, row.facts)
}
