import { randomUUID } from 'node:crypto'
import type { AuditEntry } from './audit.ts'

/** That the operator did something, in the audit trail of the whole server: no account and no call. */
export function operatorEntry({
  at,
  action,
  source,
  outcome,
}: Pick<AuditEntry, 'at' | 'action' | 'source' | 'outcome'>): AuditEntry {
  return {
    at,
    accountId: '',
    principal: 'operator',
    principalId: '',
    accessKeyId: '',
    source,
    product: 'Operator',
    action,
    level: 'Write',
    regionId: undefined,
    resources: [],
    outcome,
    requestId: randomUUID().toUpperCase(),
  }
}
