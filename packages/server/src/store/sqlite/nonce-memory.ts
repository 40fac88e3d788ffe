import { createNonceSet } from '../access/nonce-set.ts'
import { appendNonce, forgetExpired, nonceHash } from '../access/nonces.ts'
import type { Burn, Nonce, Store } from '../store.ts'
import type { SqliteConnection } from './driver.ts'
import type { GroupCommit } from './group-commit.ts'

export interface NonceMemory {
  burn(nonce: Nonce): Burn
  readonly forget: Store['forgetNonces']
}

/** Rows that are read at a time while a store is opened. */
const loadBatch = 20_000

/**
 * Tells used nonces from fresh ones in memory; the table carries them over a restart. There is no index on it: hashes
 * fall anywhere, so nearly every nonce would write a page of the index of its own.
 * @param before what expired before is forgotten first, so that a start does not read what has piled up
 */
export async function createNonceMemory(
  connection: SqliteConnection,
  commits: GroupCommit,
  before: number | undefined,
): Promise<NonceMemory> {
  if (before !== undefined) {
    const expired = { now: before, most: loadBatch, forgetting: () => {} }
    while ((await commits.write((tx) => forgetExpired(tx, expired))) === loadBatch);
  }
  const used = createNonceSet()
  const next = connection.prepare('select id, hash, expires_at from nonce where id > ? order by id limit ?')
  for (let last = 0, count = loadBatch; count === loadBatch; ) {
    const rows = next.all([last, loadBatch]) as readonly NonceRow[]
    for (const { hash, expires_at } of rows) used.add(hash, expires_at)
    last = rows.at(-1)?.id ?? last
    count = rows.length
  }

  return {
    burn(nonce) {
      const hash = nonceHash(nonce)
      // The first use may be about to be committed, and the refusal rests on it.
      if (!used.add(hash, nonce.expiresAt)) {
        return { fresh: false, durable: commits.write(async () => {}, { single: true }) }
      }
      const durable = commits.write((tx) => appendNonce(tx, hash, nonce.expiresAt), { single: true })
      // Also when storing it fails: part of what the request asked for may have been done by then.
      return { fresh: true, durable }
    },
    async forget(now, forgetting) {
      const slices = used.expired(now)
      const forgotten = await commits.write((tx) => forgetExpired(tx, { now, slices, forgetting }))
      for (const slice of slices) used.drop(slice)
      return forgotten
    },
  }
}

interface NonceRow {
  readonly id: number
  readonly hash: string
  readonly expires_at: number
}
