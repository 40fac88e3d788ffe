import { createNonceSet, type NonceRun } from '../access/nonce-set.ts'
import { fenceExpired, forgetBatch, forgetExpired, nonceHash } from '../access/nonces.ts'
import { TooManyNonces } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Burn, Nonce, Store } from '../store.ts'
import type { SqliteConnection } from './driver.ts'
import type { GroupCommit } from './group-commit.ts'
import { createNonceRuns } from './nonce-runs.ts'

export interface NonceMemory {
  burn(nonce: Nonce): Burn
  readonly forget: Store['forgetNonces']
}

/** So many rows are folded into runs: a start reads no more of them one by one, and a fold holds nobody up for long. */
export const defaultFoldAt = 8192

/** Rows that are read at a time while a store is opened. */
const loadBatch = 20_000

export interface NonceMemoryOptions {
  /** What expired before is forgotten first, so that a start does not read what has piled up. */
  readonly before: number | undefined
  /** No more are kept, in memory and on disk. */
  readonly most: number
  readonly foldAt: number
  readonly onEvent: (event: StoreEvent) => void
}

/**
 * Tells used nonces from fresh ones in memory; two tables carry them over a restart. A call writes a row, without an index:
 * hashes fall anywhere, so nearly every nonce would write a page of the index of its own. Rows are folded into runs, one
 * row for thousands of nonces, so that a start reads few rows.
 *
 * What a fold deletes is written by it: a row was in memory before it was handed in, and nothing leaves memory but what is
 * in a run that is committed, or fenced. So what is in memory when the fold's turn in the transaction comes has all rows.
 */
export async function createNonceMemory(
  connection: SqliteConnection,
  commits: GroupCommit,
  { before, most, foldAt, onEvent }: NonceMemoryOptions,
): Promise<NonceMemory> {
  const used = createNonceSet()
  const stored = createNonceRuns(connection)
  const insert = connection.prepare('insert into nonce (hash, expires_at) values (?, ?)')
  let isFull = false
  /** One fold, or one forgetting, at a time. */
  let last: Promise<unknown> = Promise.resolve()
  let isFolding = false
  /** After a failure not at each call. */
  let foldFrom = foldAt

  if (before !== undefined) await forgetBefore(before)
  for (const run of stored.all()) used.addRun(run)
  await load()

  async function forgetBefore(now: number): Promise<void> {
    const forgetting = (): void => {}
    while ((await commits.write((tx) => forgetExpired(tx, { now, most: loadBatch, forgetting }))) === loadBatch);
    await commits.write(async (tx) => {
      const slices = stored.removeExpired(now)
      if (slices.length > 0) await fenceExpired(tx, slices, forgetting)
    })
  }

  /** A folder of a version without runs has all its nonces as rows: once. */
  async function load(): Promise<void> {
    const next = connection.prepare('select id, hash, expires_at from nonce where id > ? order by id limit ?')
    for (let from = 0, count = loadBatch; count === loadBatch; ) {
      const loaded = next.all([from, loadBatch]) as readonly NonceRow[]
      for (const { hash, expires_at } of loaded) used.addStored(hash, expires_at)
      from = loaded.at(-1)?.id ?? from
      count = loaded.length
      if (used.loose >= foldAt) await fold(from)
    }
  }

  /** @param upTo the last row that is in memory; all are, once they are loaded */
  async function fold(upTo?: number): Promise<void> {
    const ids = await commits
      .write(async () => {
        // Not before its turn: the rows of the transactions before this one have to be in memory, and they are.
        const slices = used.fold()
        const added = slices.map(stored.add)
        for (const { replaces } of slices) for (const { id } of replaces) stored.remove(id)
        if (upTo === undefined) connection.exec('delete from nonce')
        else connection.prepare('delete from nonce where id <= ?').run([upTo])
        return added
      })
      .catch((error) => {
        used.notFolded()
        throw error
      })
    used.folded(ids)
  }

  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }

  function foldInBackground(): void {
    isFolding = true
    alone(() => fold())
      .then(
        () => {
          foldFrom = foldAt
        },
        (error) => {
          foldFrom = used.loose + foldAt
          onEvent({ kind: 'nonces-not-folded', error })
        },
      )
      .finally(() => {
        isFolding = false
      })
  }

  /** @throws TooManyNonces */
  function requireRoom(): void {
    const wasFull = isFull
    isFull = used.size >= most
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
      if (used.loose >= foldFrom && !isFolding) foldInBackground()
      // Also when storing it fails: part of what the request asked for may have been done by then.
      return { fresh: true, durable: commits.append(() => void insert.run([hash, nonce.expiresAt])) }
    },
    forget: (now, forgetting) =>
      alone(async () => {
        if (used.isLooseExpired(now)) await fold()
        const gone = some(used.expired(now))
        if (gone.length === 0) return 0
        await commits.write(async (tx) => {
          await fenceExpired(
            tx,
            gone.map(({ slice }) => slice),
            forgetting,
          )
          for (const { id } of gone) stored.remove(id)
        })
        used.drop(gone)
        return gone.reduce((total, { size }) => total + size, 0)
      }),
  }
}

/** As many of them as hold a batch of nonces: less than that says that there are no more. */
function some(runs: readonly NonceRun[]): readonly NonceRun[] {
  let count = 0
  return runs.filter(({ size }) => {
    const isNeeded = count < forgetBatch
    count += size
    return isNeeded
  })
}

interface NonceRow {
  readonly id: number
  readonly hash: string
  readonly expires_at: number
}
