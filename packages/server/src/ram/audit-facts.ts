import type { AuditEntry } from '../store/audit.ts'
import { type Caller, principal } from './caller.ts'
import { type Circumstances, plainAddress } from './circumstances.ts'

/** Who called, from where and when, as the audit trail keeps it. */
export function auditFacts(
  caller: Caller,
  { at, sourceIp }: Circumstances,
): Pick<AuditEntry, 'at' | 'accountId' | 'principal' | 'principalId' | 'accessKeyId' | 'source'> {
  return {
    at,
    accountId: caller.accountId,
    principal: principal(caller),
    principalId: principalId(caller),
    accessKeyId: caller.accessKeyId,
    source: boundedSource(sourceIp),
  }
}

function principalId(caller: Caller): string {
  switch (caller.kind) {
    case 'Account':
      return caller.accountId
    case 'RAMUser':
      return caller.userId
    case 'AssumedRole':
      return `${caller.roleId}:${caller.sessionName}`
  }
}

/** A proxy may have been told anything. */
export function boundedSource(address: string | undefined): string {
  return plainAddress(address ?? 'unknown')
    .replace(/[^0-9A-Za-z.:%_-]/g, '')
    .slice(0, 64)
}
