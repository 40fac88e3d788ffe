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

/** Milliseconds for which an answer counts without a further question, however often it is asked for. */
const keptMs = 1000
/** Milliseconds that the database has to answer. */
const withinMs = 2000
/** Milliseconds for which an answer counts while the next one is on its way. */
const meanwhileMs = keptMs + 2 * withinMs

/**
 * Asks the database a real question: is it there, and has it the schema of this version? One question at a time: a
 * database that does not answer is not asked again until it has, so that questions do not pile up.
 *
 * Whoever asks gets what was found last while the next answer is on its way: a load balancer gives a look a second or so,
 * and where the database is slow for all nodes it would take all of them out of service.
 *
 * A schema that has more steps is right: a node of the next version has taken them, and this one goes on until it
 * is upgraded itself. One that lacks some was restored or exchanged under a running server.
 */
export function createStoreProbe({ store, timers }: ProbeOptions): () => Promise<StoreReason | undefined> {
  const known = Object.keys(steps(postgresTypes))
  let question: { readonly at: number; readonly answer: Promise<StoreReason | undefined> } | undefined
  let last: { readonly at: number; readonly found: StoreReason | undefined } | undefined

  async function ask(): Promise<StoreReason | undefined> {
    const found = await look()
    question = undefined
    last = { at: timers.now(), found }
    return found
  }

  async function look(): Promise<StoreReason | undefined> {
    try {
      const { rows } = await store.read((db) => sql<{ name: string }>`select name from kysely_migration`.execute(db))
      const found = new Set(rows.map(({ name }) => name))
      return known.every((name) => found.has(name)) ? undefined : 'schema'
    } catch {
      // What it is about is told by those whose calls fail.
      return 'store'
    }
  }

  function within(answer: Promise<StoreReason | undefined>, milliseconds: number): Promise<StoreReason | undefined> {
    return new Promise((resolve) => {
      const cancel = timers.after(milliseconds, () => resolve('store'))
      void answer.then((found) => {
        cancel()
        resolve(found)
      })
    })
  }

  return async () => {
    const now = timers.now()
    if (last !== undefined && now < last.at + keptMs) return last.found
    question ??= { at: now, answer: ask() }
    const left = question.at + withinMs - now
    if (left <= 0) return 'store'
    if (last !== undefined && now < last.at + meanwhileMs) return last.found
    return within(question.answer, left)
  }
}
