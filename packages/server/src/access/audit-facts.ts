import type { AuditEntry } from '../store/audit/audit.ts'
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

/** The id of the account, the user or the role; of a role with the name of the session. */
export function principalId(caller: Caller): string {
  switch (caller.kind) {
    case 'Account':
      return caller.accountId
    case 'RAMUser':
      return caller.userId
    case 'AssumedRole':
      return `${caller.roleId}:${caller.sessionName}`
  }
}

const ordinary = /^[0-9A-Za-z.:%_-]{1,64}$/

/** A proxy may have been told anything. */
export function boundedSource(address: string | undefined): string {
  const plain = plainAddress(address ?? 'unknown')
  if (ordinary.test(plain)) return plain
  return plain.replace(/[^0-9A-Za-z.:%_-]/g, '').slice(0, 64)
}
