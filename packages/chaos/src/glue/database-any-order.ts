import { mkdirSync } from 'node:fs'
import { openSqliteStore, type Store, WriteFailed } from '@opensag/server/simulation'
import type { Database } from './database.ts'
import { commonParts, isThere, never, noLock, storeFor, watchedDriver } from './database-parts.ts'
import type { Life } from './time.ts'

interface Unit {
  readonly life: Life
  run(): Promise<() => void>
  readonly fail: (error: Error) => void
}

/**
 * What PostgreSQL is to several nodes: units of work are done in any order, and are answered later. The real SQL runs in
 * SQLite; one node over SQLite alone would hide every mistake about their order.
 */
export async function createAnyOrderDatabase(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true })
  const parts = watchedDriver()
  const time = { timers: never, clock: () => 0, turn: () => Promise.resolve() }
  const inner = await openSqliteStore({ folder, driver: parts.driver, time, makeFolder: isThere, lock: noLock })
  const shared = commonParts(folder, parts)
  let units: Unit[] = []
  let running = 0
  let answers: { readonly life: Life; readonly settle: () => void }[] = []

  function storeOf(life: Life): Store {
    function write<T>(work: Parameters<Store['write']>[0]): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        units.push({
          life,
          fail: reject,
          run: () =>
            inner.write(work).then(
              (value) => () => resolve(value as T),
              (error: unknown) => () => reject(error),
            ),
        })
      })
    }
    return storeFor(life, inner.read, write as Store['write'])
  }

  function start(unit: Unit): void {
    units = units.filter((other) => other !== unit)
    const { fault } = parts
    parts.fault = 'none'
    if (fault === 'before') {
      unit.fail(new WriteFailed(new Error('The connection to the database was lost.')))
      return
    }
    running++
    void unit.run().then((settle) => {
      running--
      const lost = (): void => unit.fail(new WriteFailed(new Error('The answer of the database was lost.')))
      answers.push({ life: unit.life, settle: fault === 'after' ? lost : settle })
    })
  }

  return {
    ...shared,
    async begin() {
      units = []
      answers = []
      parts.fault = 'none'
      shared.empty()
    },
    open: async (life) => storeOf(life),
    async commit(_, work) {
      parts.fault = 'none'
      await inner.write(work)
    },
    get fault() {
      return parts.fault
    },
    set fault(fault) {
      parts.fault = fault
    },
    step(choice) {
      const unit = units[choice % Math.max(1, units.length)]
      if (unit === undefined) return false
      start(unit)
      return true
    },
    answer(choice) {
      const one = answers[choice % Math.max(1, answers.length)]
      if (one === undefined) return false
      answers = answers.filter((other) => other !== one)
      if (one.life.alive) one.settle()
      return true
    },
    isBusy: () => units.length + answers.length + running > 0,
    async kill(life, survives) {
      const [first] = units.filter((unit) => unit.life === life)
      units = units.filter((unit) => unit.life !== life)
      answers = answers.filter((answer) => answer.life !== life)
      // Its commit was asked for; nobody will hear the answer.
      if (first !== undefined && survives) start(first)
    },
  }
}
