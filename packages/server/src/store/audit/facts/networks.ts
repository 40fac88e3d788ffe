import { compiledRow } from '../../compiled-query.ts'
import type { Reader } from '../../store.ts'
import { type Fields, Found, factsColumn } from './found.ts'
import type { FactsKey } from './subject.ts'

const ccnFields: Fields = {
  Name: 'name',
  Description: 'description',
  CidrBlock: 'cidr_block',
  SnatCidrBlock: 'snat_cidr_block',
  InterworkingStatus: 'interworking',
  IsDefault: 'is_default',
  AssociatedCenId: 'cen_id',
  Subnet: 'subnet',
  ResourceGroupId: 'resource_group_id',
}
const ccnById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('ccn')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: 'account_id' }, ccnFields).as('facts'))
    .where('id', '=', given.id),
)

const flowLogFields: Fields = {
  Name: 'name',
  Description: 'description',
  OutputType: 'output_type',
  ProjectName: 'project',
  LogstoreName: 'logstore',
  SlsRegionId: 'sls_region',
  NetflowServerIp: 'server_ip',
  NetflowServerPort: 'server_port',
  NetflowVersion: 'netflow_version',
  ActiveAging: 'active_aging',
  InactiveAging: 'inactive_aging',
  Active: 'active',
  ResourceGroupId: 'resource_group_id',
}
const flowLogById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('flow_log')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: 'account_id' }, flowLogFields).as('facts'))
    .where('id', '=', given.id),
)

const vbrFields: Fields = { SmartAGId: 'instance_id' }
const vbrById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('vbr')
    .select(factsColumn(db, { id: 'id', name: null, accountId: 'account_id' }, vbrFields).as('facts'))
    .where('id', '=', given.id),
)

export async function ccnFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await ccnById(db, { id: key })
  return row && new Found(ccnFields, row.facts)
}

export async function flowLogFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await flowLogById(db, { id: key })
  return row && new Found(flowLogFields, row.facts)
}

export async function vbrFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await vbrById(db, { id: key })
  return row && new Found(vbrFields, row.facts)
}
