import { afterFailure, type Failures, type Limits, waitOf } from '@opensag/protocol'
import type { Reader, Writer } from '../store.ts'

/** Whoever may be guessing, seen in one way: by the name that is tried, or by where the attempt comes from. */
export interface Guesser {
  readonly kind: string
  /** Nobody can read the name or the address in it. */
  readonly guesser: string
  readonly limits: Limits
}

/** Guessers of one kind that are remembered; who failed longest ago is forgotten first. */
export const mostGuessers = 10_000
/** Milliseconds for which failures are remembered at most. */
export const longestMemory = 3_600_000

/**
 * Counts one attempt as a failure of each of these, unless one of them has to wait. One unit of work, so that attempts at
 * several nodes at once are no cheaper than one after another.
 *
 * @returns for each of them the milliseconds still to wait; all of them 0 when the attempt was counted
 */
export async function countGuess(tx: Writer, guessers: readonly Guesser[], now: number): Promise<readonly number[]> {
  const found: (Failures | undefined)[] = []
  for (const guesser of guessers) found.push(await failuresOf(tx, guesser))
  const waits = guessers.map(({ limits }, index) => waitOf(found[index], now, limits))
  if (waits.some((wait) => wait > 0)) return waits
  for (const [index, { kind, guesser, limits }] of guessers.entries()) {
    const { count: failures, lastAt: last_at } = afterFailure(found[index], now, limits)
    await tx
      .insertInto('guess')
      .values({ kind, guesser, failures, last_at })
      .onConflict((conflict) => conflict.columns(['kind', 'guesser']).doUpdateSet({ failures, last_at }))
      .execute()
  }
  return waits
}

/** Forgets all failures of this one. */
export async function clearGuesses(tx: Writer, { kind, guesser }: Guesser): Promise<void> {
  await tx.deleteFrom('guess').where('kind', '=', kind).where('guesser', '=', guesser).execute()
}

/** Takes back the one failure that an attempt was counted as. */
export async function takeBackGuess(tx: Writer, guesser: Guesser): Promise<void> {
  const found = await failuresOf(tx, guesser)
  if (found === undefined) return
  if (found.count <= 1) return clearGuesses(tx, guesser)
  await tx
    .updateTable('guess')
    .set({ failures: found.count - 1 })
    .where('kind', '=', guesser.kind)
    .where('guesser', '=', guesser.guesser)
    .execute()
}

async function failuresOf(db: Reader, { kind, guesser }: Guesser): Promise<Failures | undefined> {
  const row = await db
    .selectFrom('guess')
    .select(['failures', 'last_at'])
    .where('kind', '=', kind)
    .where('guesser', '=', guesser)
    .executeTakeFirst()
  return row && { count: row.failures, lastAt: row.last_at }
}

/** Forgets failures that are too old, and of too many the oldest. Resolves with how many it forgot. */
export async function forgetGuesses(tx: Writer, now: number, most: number = mostGuessers): Promise<number> {
  let forgotten = 0
  for (const { kind } of await tx.selectFrom('guess').select('kind').distinct().execute()) {
    const ofKind = tx.selectFrom('guess').select('last_at').where('kind', '=', kind)
    const beyond = await ofKind.orderBy('last_at', 'desc').offset(most).limit(1).executeTakeFirst()
    const until = Math.max(now - longestMemory, beyond?.last_at ?? Number.NEGATIVE_INFINITY)
    const { numDeletedRows } = await tx
      .deleteFrom('guess')
      .where('kind', '=', kind)
      .where('last_at', '<=', until)
      .executeTakeFirstOrThrow()
    forgotten += Number(numDeletedRows)
  }
  return forgotten
}
