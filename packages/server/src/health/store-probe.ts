import type { Timers } from '@opensag/protocol'
import { sql } from 'kysely'
import { postgresTypes } from '../store/migrations/column-types.ts'
import { steps } from '../store/migrations/index.ts'
import type { Store } from '../store/store.ts'

/** Why calls should not come, as far as the database is concerned. */
export type StoreReason = 'store' | 'schema'

export interface ProbeOptions {
  readonly store: Pick<Store, 'read'>
  readonly timers: Timers
}

/** Milliseconds for which an answer counts, however often it is asked for. */
const keptMs = 1000
/** Milliseconds that the database has to answer: readiness is asked with a limit of some seconds at most. */
const withinMs = 2000

/**
 * Asks the database a real question: is it there, and has it the schema of this version? One question at a time: a
 * database that does not answer is not asked again until it has, so that questions do not pile up.
 *
 * A schema that has more steps is right: a node of the next version has taken them, and this one goes on until it
 * is upgraded itself. One that lacks some was restored or exchanged under a running server.
 */
export function createStoreProbe({ store, timers }: ProbeOptions): () => Promise<StoreReason | undefined> {
  const known = Object.keys(steps(postgresTypes))
  let asking: Promise<StoreReason | undefined> | undefined
  let last: { readonly at: number; readonly found: Promise<StoreReason | undefined> } | undefined

  async function ask(): Promise<StoreReason | undefined> {
    try {
      const { rows } = await store.read((db) => sql<{ name: string }>`select name from kysely_migration`.execute(db))
      const found = new Set(rows.map(({ name }) => name))
      return known.every((name) => found.has(name)) ? undefined : 'schema'
    } catch {
      // What it is about is told by those whose calls fail.
      return 'store'
    } finally {
      asking = undefined
    }
  }

  function within(answer: Promise<StoreReason | undefined>): Promise<StoreReason | undefined> {
    return new Promise((resolve) => {
      const cancel = timers.after(withinMs, () => resolve('store'))
      void answer.then((found) => {
        cancel()
        resolve(found)
      })
    })
  }

  return () => {
    const now = timers.now()
    if (last !== undefined && now < last.at + keptMs) return last.found
    asking ??= ask()
    last = { at: now, found: within(asking) }
    return last.found
  }
}
