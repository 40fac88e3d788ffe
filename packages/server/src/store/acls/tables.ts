import type { Acl, AclRule } from '../../model/acl.ts'

/** Access control lists and their rules; which instance has which is in the row of the instance. */
export interface AclTables {
  acl: AclTable
  acl_rule: AclRuleTable
}

export interface AclTable {
  id: string
  account_id: string
  region_id: string
  name: string
  type: Acl['type']
  created_at: number
}

/** The texts of the five-tuple are as they were sent. */
export interface AclRuleTable {
  id: string
  acl_id: string
  name: string
  description: string
  policy: AclRule['policy']
  direction: AclRule['direction']
  side: AclRule['side']
  priority: number
  protocol: string
  source_cidr: string
  source_ports: string
  dest_cidr: string
  dest_ports: string
  /** JSON. */
  applications: string | null
  created_at: number
}
