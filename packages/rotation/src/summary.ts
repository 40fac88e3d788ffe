import type { Outcome } from './machine.ts'

export type Status = Outcome['is'] | 'pending'

/** How many gateways ended how; `pending`: not decided yet. */
export type Summary = Readonly<Record<Status, number>>

export const statuses = [
  'changed',
  'kept',
  'offline',
  'unknown',
  'unsupported',
  'pending',
] as const satisfies readonly Status[]

export function summarise(outcomes: Iterable<Outcome | undefined>): Summary {
  const counts = { changed: 0, kept: 0, offline: 0, unknown: 0, unsupported: 0, pending: 0 }
  for (const outcome of outcomes) counts[outcome?.is ?? 'pending'] += 1
  return counts
}

/** Every gateway has its new password. */
export function isComplete(summary: Summary): boolean {
  return statuses.every((status) => status === 'changed' || summary[status] === 0)
}

/**
 * Whether it speaks against going on. A gateway that was known to be away, or that nothing can be asked of, does not; one that
 * was there and then could not be reached does.
 */
export function isFailure(outcome: Outcome, { online }: { readonly online: boolean }): boolean {
  return outcome.is === 'kept' || outcome.is === 'unknown' || (outcome.is === 'offline' && online)
}
