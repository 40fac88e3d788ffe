import { endTime } from './activation.ts'
import type { Instance } from './instance.ts'

/** Overdue hardware can be deleted after this time (D). */
export const deletableAfterMs = 7 * 24 * 60 * 60 * 1000

/**
 * What stands in the way of deleting an instance: `kind` (App and vCPE are released by the system, not by their owner),
 * `notOverdue` (it has not been overdue for long enough), `bound` (it is in a CCN, or a VBR backs it up). (D)
 */
export function deletionHindrance(
  instance: Instance,
  hasVbr: boolean,
  now: number,
): 'kind' | 'notOverdue' | 'bound' | undefined {
  if (instance.kind !== 'hardware') return 'kind'
  // One that nobody sold is never overdue: its owner deletes it at any time (C).
  if (!instance.perpetual && !isOverdueForLong(instance, now)) return 'notOverdue'
  return instance.ccnId !== undefined || hasVbr ? 'bound' : undefined
}

function isOverdueForLong(instance: Instance, now: number): boolean {
  const since = Math.min(
    instance.overdueSince ?? Number.POSITIVE_INFINITY,
    endTime(instance, now) ?? Number.POSITIVE_INFINITY,
  )
  return now - since >= deletableAfterMs
}
