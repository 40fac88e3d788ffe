import { nonceHash } from '../access/nonces.ts'
import { StoreUnavailable, WriteFailed } from '../errors.ts'
import type { Nonce } from '../store.ts'
import type { StoreTime } from '../store-time.ts'
import { type Batches, createBatches, type Waiting } from './batches.ts'
import { durably } from './commit-mark.ts'
import type { Link } from './link.ts'
import type { Session } from './session.ts'

/** Nonces of one statement. */
const most = 500

const insert = `insert into nonce (hash, expires_at) select * from unnest($1::text[], $2::bigint[]) as used
  on conflict (hash) do nothing returning hash`

/**
 * Uses up nonces: one statement, durable by itself, for all that come while the one before is under way. It is not in the
 * transaction of the call's work: that one may be run again on another server after a fail-over, and has to find the nonce there.
 */
export function createNonces(options: {
  readonly session: Session
  /** Told of the connection on which nonces have become durable: its server was the primary just now. */
  readonly onProof: (link: Link) => void
  readonly waitMs: number
  readonly time: StoreTime
}): Batches<Nonce, boolean> {
  const { session, onProof, waitMs, time } = options

  async function run(batch: readonly Waiting<Nonce, boolean>[]): Promise<void> {
    const link = await session.link()
    const left = batch.filter(({ isSettled }) => !isSettled())
    // In one order everywhere: two nodes that use up the same two would otherwise wait for each other.
    const used = left.map((waiting) => ({ waiting, hash: nonceHash(waiting.item) }))
    used.sort((a, b) => (a.hash < b.hash ? -1 : 1))
    const values = [used.map(({ hash }) => hash), used.map(({ waiting }) => waiting.item.expiresAt)]
    try {
      const { rows } = await durably(link, link.query<{ hash: string }>(insert, values, 'nonces'))
      onProof(link)
      const fresh = new Set(rows.map(({ hash }) => hash))
      // Of two that are the same the first has it.
      for (const { waiting, hash } of used) waiting.resolve(fresh.delete(hash))
    } catch (error) {
      // Whether they were used up is not known. They are not tried again, or a call could meet its own nonce.
      throw link.lost() === undefined ? new WriteFailed(error) : new StoreUnavailable(waitMs)
    }
  }

  return createBatches({ most, waitMs, time, run, late: () => new StoreUnavailable(waitMs) })
}
