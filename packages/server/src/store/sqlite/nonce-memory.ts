import { createNonceSet } from '../access/nonce-set.ts'
import { forgetExpired, nonceHash } from '../access/nonces.ts'
import { TooManyNonces } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Burn, Nonce, Store } from '../store.ts'
import type { SqliteConnection } from './driver.ts'
import type { GroupCommit } from './group-commit.ts'

export interface NonceMemory {
  burn(nonce: Nonce): Burn
  readonly forget: Store['forgetNonces']
}

/** Rows that are read at a time while a store is opened. */
const loadBatch = 20_000

export interface NonceMemoryOptions {
  /** What expired before is forgotten first, so that a start does not read what has piled up. */
  readonly before: number | undefined
  /** No more are kept, in memory and on disk. */
  readonly most: number
  readonly onEvent: (event: StoreEvent) => void
}

/**
 * Tells used nonces from fresh ones in memory; the table carries them over a restart. There is no index on it: hashes
 * fall anywhere, so nearly every nonce would write a page of the index of its own.
 */
export async function createNonceMemory(
  connection: SqliteConnection,
  commits: GroupCommit,
  { before, most, onEvent }: NonceMemoryOptions,
): Promise<NonceMemory> {
  if (before !== undefined) {
    const expired = { now: before, most: loadBatch, forgetting: () => {} }
    while ((await commits.write((tx) => forgetExpired(tx, expired))) === loadBatch);
  }
  const used = createNonceSet()
  const insert = connection.prepare('insert into nonce (hash, expires_at) values (?, ?)')
  /** In the table. It is behind what is in memory where a write failed, and ahead while what expired is forgotten. */
  let rows = 0
  let isFull = false
  const next = connection.prepare('select id, hash, expires_at from nonce where id > ? order by id limit ?')
  for (let last = 0, count = loadBatch; count === loadBatch; ) {
    const loaded = next.all([last, loadBatch]) as readonly NonceRow[]
    for (const { hash, expires_at } of loaded) used.add(hash, expires_at)
    last = loaded.at(-1)?.id ?? last
    count = loaded.length
    rows += count
  }

  /** @throws TooManyNonces */
  function requireRoom(): void {
    const wasFull = isFull
    isFull = Math.max(rows, used.size) >= most
    if (!isFull) return
    if (!wasFull) onEvent({ kind: 'nonces-full', most })
    throw new TooManyNonces(most)
  }

  return {
    burn(nonce) {
      requireRoom()
      const hash = nonceHash(nonce)
      // The first use may be about to be committed, and the refusal rests on it.
      if (!used.add(hash, nonce.expiresAt)) {
        return { fresh: false, durable: commits.append(() => {}) }
      }
      rows++
      const durable = commits.append(() => void insert.run([hash, nonce.expiresAt]))
      durable.catch(() => rows--)
      // Also when storing it fails: part of what the request asked for may have been done by then.
      return { fresh: true, durable }
    },
    async forget(now, forgetting) {
      const slices = used.expired(now)
      const forgotten = await commits.write((tx) => forgetExpired(tx, { now, slices, forgetting }))
      for (const slice of slices) used.drop(slice)
      rows -= forgotten
      return forgotten
    },
  }
}

interface NonceRow {
  readonly id: number
  readonly hash: string
  readonly expires_at: number
}
