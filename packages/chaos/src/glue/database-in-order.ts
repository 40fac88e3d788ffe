import { mkdirSync } from 'node:fs'
import { openSqliteStore, type Store } from '@opensag/server/simulation'
import type { Database } from './database.ts'
import { commonParts, isThere, never, noLock, storeFor, watchedDriver } from './database-parts.ts'
import { drained } from './time.ts'

/** One node over SQLite: units of work share commits and are done in the order they were asked for. */
export async function createOrderedDatabase(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true })
  const parts = watchedDriver()
  /** Those who wait for a turn of the event loop. */
  let turns: (() => void)[] = []
  const time = { timers: never, clock: () => 0, turn: () => new Promise<void>((resolve) => turns.push(resolve)) }

  function open(): Promise<Store> {
    const options = { folder, driver: parts.driver, time, makeFolder: isThere, lock: noLock }
    return openSqliteStore({ ...options, unfinishedMs: Number.POSITIVE_INFINITY, groupMs: Number.POSITIVE_INFINITY })
  }

  await (await open()).close()
  const shared = commonParts(folder, parts)

  function closeAll(): void {
    turns = []
    for (const connection of [...parts.connections]) connection.close()
    parts.fault = 'none'
  }

  return {
    ...shared,
    async begin() {
      closeAll()
      shared.empty()
    },
    async open(life) {
      const store = await open()
      return storeFor(life, store.read, store.write)
    },
    async commit(store, work) {
      parts.fault = 'none'
      let isDone = false
      const done = store.write(work).finally(() => {
        isDone = true
      })
      for (let most = 0; !isDone && most < 64; most++) {
        turns.shift()?.()
        await drained()
      }
      await done
    },
    get fault() {
      return parts.fault
    },
    set fault(fault) {
      parts.fault = fault
    },
    step() {
      const next = turns.shift()
      next?.()
      return next !== undefined
    },
    answer: () => false,
    isBusy: () => turns.length > 0,
    async kill() {
      closeAll()
    },
  }
}
