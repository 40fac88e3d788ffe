import { hash } from 'node:crypto'
import type { Nonce, Writer } from '../store.ts'
import { addForgottenTimes } from './forgotten-times.ts'
import { sliceOf } from './nonce-set.ts'
import type { TimeSpan } from './time-spans.ts'

/** How many nonces one call of `forgetNonces` looks at: little enough to share a commit with requests. */
export const forgetBatch = 1000

/** From the time a request was signed at until its nonce may be forgotten. */
export const nonceLifeMs = 45 * 60_000

/**
 * How many used nonces are kept unless a setting says otherwise: 90 MB of memory, and 80 of disk. It is
 * more than one source can use up at the rate it may call.
 */
export const defaultMostNonces = 5_000_000

/** 22 characters carry 132 bits: short, and beyond anyone's reach to collide. */
export function nonceHash({ accessKeyId, nonce }: Nonce): string {
  return hash('sha256', `${accessKeyId}\0${nonce}`, 'base64url').slice(0, 22)
}

/**
 * Forgets what expired among the oldest nonces. They are stored in the order they came, so those that expire come
 * first; one that has still to expire keeps none behind it for longer than the spread of their life times.
 *
 * @returns how many it forgot
 */
export async function forgetExpired(
  tx: Writer,
  { now, most = forgetBatch, forgetting }: Forgetting & { readonly most?: number },
): Promise<number> {
  const oldest = tx.selectFrom('nonce').select(['id', 'expires_at']).orderBy('id').limit(most).as('oldest')
  const expired = await tx
    .selectFrom(oldest)
    .select(['oldest.id', 'oldest.expires_at'])
    .where('oldest.expires_at', '<', now)
    .orderBy('oldest.id')
    .execute()
  const last = expired.at(-1)
  if (last === undefined) return 0
  const spans = new Map(expired.map((row) => sliceOf(Number(row.expires_at))).map((span) => [span.from, span]))
  await fenceExpired(tx, [...spans.values()], forgetting)
  await tx.deleteFrom('nonce').where('id', '<=', last.id).where('expires_at', '<', now).execute()
  return expired.length
}

/**
 * What was signed at a time whose nonces are forgotten is refused from then on, by whatever clock: the same unit of work
 * says so, and `forgetting` is told before it is done.
 * @param slices when the nonces expire
 */
export async function fenceExpired(
  tx: Writer,
  slices: readonly TimeSpan[],
  forgetting: Forgetting['forgetting'],
): Promise<void> {
  forgetting(await addForgottenTimes(tx, slices.map(signedIn)))
}

export interface Forgetting {
  /** Milliseconds since 1970. */
  readonly now: number
  /** All the times at which what was signed is refused. */
  readonly forgetting: (times: readonly TimeSpan[]) => void
}

/** When the requests were signed whose nonces expire then. */
export function signedIn({ from, to }: TimeSpan): TimeSpan {
  return { from: from - nonceLifeMs, to: to - nonceLifeMs }
}
