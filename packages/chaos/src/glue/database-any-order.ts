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

interface Answer {
  readonly life: Life
  readonly settle: () => void
  readonly fail: (error: Error) => void
}

/** A database that several nodes share over a network. */
export interface SharedDatabase extends Database {
  /** Each node's own units are done in the order it asked for them, as its group commit does. */
  inOrderOfNode: boolean
  /** Told before each unit of work whose it is; what it answers is called once that is committed. */
  observe: ((life: Life) => () => void) | undefined
  /** Its next read is answered later, with what was there when it was done. */
  readonly lateReads: Set<Life>
  /** Whatever this node has asked and has no answer to fails; what is committed stays so. */
  giveUp(life: Life): boolean
  /**
   * Another server takes over. The commit that was under way is lost or kept, and nobody is told which. What waited, and
   * what was committed without an answer, fails as well, or not, as the bits of `choice` say.
   */
  failOver(choice: number): boolean
}

const isReached = ({ frozen, storeCut }: Life): boolean => frozen !== true && storeCut === undefined

/**
 * What PostgreSQL is to several nodes: units of work are done in any order, and are answered later. The real SQL runs in
 * SQLite; one node over SQLite alone would hide every mistake about their order.
 */
export async function createAnyOrderDatabase(folder: string): Promise<SharedDatabase> {
  mkdirSync(folder, { recursive: true })
  const parts = watchedDriver()
  const time = { timers: never, clock: () => 0, turn: () => Promise.resolve() }
  const inner = await openSqliteStore({ folder, driver: parts.driver, time, makeFolder: isThere, lock: noLock })
  const shared = commonParts(folder, parts)
  let units: Unit[] = []
  let running = 0
  let answers: Answer[] = []
  const lateReads = new Set<Life>()
  /** What a node asked while it did not reach the database. */
  let stalled: Unit[] = []

  function ready(): readonly Unit[] {
    const able = units.filter(({ life }) => isReached(life))
    if (!database.inOrderOfNode) return able
    return able.filter(({ life }, index) => able.findIndex((other) => other.life === life) === index)
  }

  function storeOf(life: Life): Store {
    function write<T>(work: Parameters<Store['write']>[0]): Promise<T> {
      if (life.storeCut === 'fails') return Promise.reject(new WriteFailed(new Error('No connection.')))
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
    function read<T>(work: Parameters<Store['read']>[0]): Promise<T> {
      if (life.storeCut === 'fails') return Promise.reject(new Error('No connection to the database.'))
      const isLate = lateReads.delete(life)
      if (life.storeCut === undefined && !isLate) return inner.read(work) as Promise<T>
      return new Promise<T>((resolve, reject) => {
        const run = (): Promise<() => void> => inner.read(work).then((value) => () => resolve(value as T))
        if (life.storeCut !== undefined) stalled.push({ life, fail: reject, run })
        else void run().then((settle) => answers.push({ life, settle, fail: reject }))
      })
    }
    return storeFor(life, read as Store['read'], write as Store['write'])
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
    const isDone = database.observe?.(unit.life)
    void unit.run().then((settle) => {
      running--
      isDone?.()
      const lost = (): void => unit.fail(noAnswer())
      answers.push({ life: unit.life, settle: fault === 'after' ? lost : settle, fail: unit.fail })
    })
  }

  /** One that stands still hears of it once it goes on. */
  function tell({ life, fail }: Unit | Answer): void {
    if (life.frozen === true) answers.push({ life, settle: () => fail(noAnswer()), fail })
    else fail(noAnswer())
  }

  const database: SharedDatabase = {
    ...shared,
    async begin() {
      units = []
      answers = []
      stalled = []
      lateReads.clear()
      parts.fault = 'none'
      database.inOrderOfNode = false
      database.observe = undefined
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
      const [read] = stalled.filter(({ life }) => isReached(life))
      if (read !== undefined) {
        stalled = stalled.filter((other) => other !== read)
        void read.run().then((settle) => settle())
        return true
      }
      const able = ready()
      const unit = able[choice % Math.max(1, able.length)]
      if (unit === undefined) return false
      start(unit)
      return true
    },
    answer(choice) {
      const able = answers.filter(({ life }) => isReached(life))
      const one = able[choice % Math.max(1, able.length)]
      if (one === undefined) return false
      answers = answers.filter((other) => other !== one)
      if (one.life.alive) one.settle()
      return true
    },
    isBusy: () => units.length + answers.length + stalled.length + running > 0,
    async kill(life, survives) {
      const [first] = units.filter((unit) => unit.life === life)
      units = units.filter((unit) => unit.life !== life)
      answers = answers.filter((answer) => answer.life !== life)
      stalled = stalled.filter((read) => read.life !== life)
      // Its commit was asked for; nobody will hear the answer.
      if (first !== undefined && survives) start(first)
    },
    inOrderOfNode: false,
    observe: undefined,
    lateReads,
    giveUp(life) {
      const gone = [...answers, ...units, ...stalled].filter((one) => one.life === life)
      const isOther = (one: { readonly life: Life }): boolean => one.life !== life
      answers = answers.filter(isOther)
      units = units.filter(isOther)
      stalled = stalled.filter(isOther)
      for (const one of gone) one.fail(noAnswer())
      return gone.length > 0
    },
    failOver(choice) {
      const able = ready()
      if (able.length + answers.length === 0) return false
      const open = able[(choice >> 3) % Math.max(1, able.length)]
      if (open !== undefined) {
        if ((choice & 1) === 1) {
          parts.fault = 'after'
          start(open)
        } else {
          units = units.filter((other) => other !== open)
          tell(open)
        }
      }
      const losers = [...((choice & 2) === 2 ? units : []), ...((choice & 4) === 4 ? answers : [])]
      const isKept = (one: Unit | Answer): boolean => !losers.includes(one)
      units = units.filter(isKept)
      answers = answers.filter(isKept)
      for (const one of losers) tell(one)
      return true
    },
  }
  return database
}

function noAnswer(): WriteFailed {
  return new WriteFailed(new Error('The answer of the database was lost.'))
}
