import type { JobItem } from './jobs.ts'

/** What is known of a new password, in the order in which it is shown. */
export const proofs = ['answered', 'oldRefused', 'newOpens'] as const
/** `open`: nothing of it has begun, or it goes on. */
export type Mark = 'yes' | 'no' | 'open' | 'unknown'

/** Refusals of a gateway that was asked and keeps its old password; after any other nothing was sent to it. */
const asked = new Set(['SmartAccessGatewayNotOnline', 'SmartAccessGatewayOffline', 'PasswordKept'])

/**
 * What the server's password protocol proves: a gateway that accepted a password has it on disk and opens with nothing else; one
 * that did not opens with the old one and nothing else.
 */
export function proofOf({
  State,
  Code = '',
}: Pick<JobItem, 'State' | 'Code'>): Readonly<Record<(typeof proofs)[number], Mark>> {
  if (State === 'Done') return { answered: 'yes', oldRefused: 'yes', newOpens: 'yes' }
  if (State === 'Unknown') return { answered: 'unknown', oldRefused: 'unknown', newOpens: 'unknown' }
  if (State !== 'Failed' || !asked.has(Code)) return { answered: 'open', oldRefused: 'open', newOpens: 'open' }
  // The journal does not say whether it refused or nobody heard of it.
  return { answered: Code === 'PasswordKept' ? 'unknown' : 'no', oldRefused: 'no', newOpens: 'no' }
}
