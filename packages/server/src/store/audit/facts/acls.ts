import { compiledRow } from '../../compiled-query.ts'
import type { Reader } from '../../store.ts'
import { type Fields, Found, factsColumn } from './found.ts'
import type { FactsKey } from './subject.ts'

const aclFields: Fields = { AclName: 'name', AclType: 'type' }
const aclById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('acl')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: 'account_id' }, aclFields).as('facts'))
    .where('id', '=', given.id),
)

const ruleFields: Fields = {
  AclId: 'acl_id',
  Name: 'name',
  Description: 'description',
  Priority: 'priority',
  Policy: 'policy',
  Direction: 'direction',
  Type: 'side',
  IpProtocol: 'protocol',
  SourceCidr: 'source_cidr',
  SourcePortRange: 'source_ports',
  DestCidr: 'dest_cidr',
  DestPortRange: 'dest_ports',
}
const ruleById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('acl_rule')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: null }, ruleFields).as('facts'))
    .where('id', '=', given.id),
)

export async function aclFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await aclById(db, { id: key })
  return row && new Found(aclFields, row.facts)
}

export async function aclRuleFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await ruleById(db, { id: key })
  return row && new Found(ruleFields, row.facts)
}
