import { boundedSource, principalId } from '../access/audit-facts.ts'
import { principal } from '../access/caller.ts'
import { Refusal } from '../declare/errors.ts'
import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import type { Outcome } from '../store/store.ts'
import type { Call } from './run.ts'

/** Makes the entry of one call once its outcome is known. */
export type Audit = (outcome: Outcome<unknown>) => AuditEntry

/** Everything of the entry but its outcome; of the parameters, what the trace of the call shows. */
export function auditOf(product: string, operation: Operation, raw: RawParams, call: Call): Audit {
  const { caller, requestId, circumstances, resources, trace } = call
  return (outcome) => {
    const regionId = raw.get('RegionId')
    const summary = trace?.summary(outcome, resources)
    // Member by member: every call makes one of these.
    return {
      at: circumstances.at,
      accountId: caller.accountId,
      principal: principal(caller),
      principalId: principalId(caller),
      accessKeyId: caller.accessKeyId,
      source: boundedSource(circumstances.sourceIp),
      product,
      action: operation.name,
      level: operation.access.level === 'Write' ? 'Write' : 'Read',
      regionId: regionId !== undefined && isRegion(regionId) ? regionId : undefined,
      resources: summary?.resources ?? resources,
      outcome: 'value' in outcome ? undefined : codeOf(outcome.error),
      requestId,
      details: summary?.details,
      through: circumstances.through,
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Refusal ? error.code : 'InternalError'
}
