import type { AclRule } from '../../model/acl.ts'
import { applicationsColumn, applicationsOf } from '../rule-applications.ts'
import type { Reader } from '../store.ts'
import type { AclRuleTable } from './tables.ts'

/** Of these lists, by list; a list without rules is not among them. */
export async function rulesOf(db: Reader, aclIds: readonly string[]): Promise<ReadonlyMap<string, readonly AclRule[]>> {
  const found = new Map<string, AclRule[]>()
  if (aclIds.length === 0) return found
  const rows = db
    .selectFrom('acl_rule')
    .selectAll()
    .where('acl_id', 'in', [...aclIds])
  for (const row of await rows.execute()) {
    const ofList = found.get(row.acl_id) ?? []
    ofList.push(ruleOf(row))
    found.set(row.acl_id, ofList)
  }
  return found
}

function ruleOf(row: AclRuleTable): AclRule {
  return {
    id: row.id,
    aclId: row.acl_id,
    name: row.name,
    description: row.description,
    policy: row.policy,
    direction: row.direction,
    side: row.side,
    priority: row.priority,
    protocol: row.protocol,
    sourceCidr: row.source_cidr,
    sourcePorts: row.source_ports,
    destCidr: row.dest_cidr,
    destPorts: row.dest_ports,
    ...applicationsOf(row),
    createdAt: row.created_at,
  }
}

export function ruleRow(rule: AclRule): AclRuleTable {
  return {
    id: rule.id,
    acl_id: rule.aclId,
    name: rule.name,
    description: rule.description,
    policy: rule.policy,
    direction: rule.direction,
    side: rule.side,
    priority: rule.priority,
    protocol: rule.protocol,
    source_cidr: rule.sourceCidr,
    source_ports: rule.sourcePorts,
    dest_cidr: rule.destCidr,
    dest_ports: rule.destPorts,
    applications: applicationsColumn(rule),
    created_at: rule.createdAt,
  }
}
