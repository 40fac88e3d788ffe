import { StoreClosed, StoreUnavailable, UnfinishedWork } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Outcome, Reader, StoreState } from '../store.ts'
import type { StoreTime } from '../store-time.ts'
import { createDeadlines } from './deadlines.ts'
import { createIdleWatch } from './idle-watch.ts'
import type { Link } from './link.ts'
import type { Session } from './session.ts'
import { createUnit, type Unit } from './unit.ts'

export interface Readers {
  /** Runs `work` on one state, the latest that is committed. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>
  connections(): StoreState['connections']
  close(): Promise<void>
}

export interface ReadersOptions {
  readonly newSession: () => Session
  readonly onEvent: (event: StoreEvent) => void
  /** After so many milliseconds a work that does nothing is given up. */
  readonly unfinishedMs: number
  /** So many milliseconds a work waits for its turn, or for an answer of the database. */
  readonly waitMs: number
  readonly time: StoreTime
}

const maxConnections = 4
/** Works of one transaction. */
const mostTogether = 64

interface Job {
  readonly work: (db: Reader) => Promise<unknown>
  readonly answer: (outcome: Outcome<unknown>) => void
  /** A statement failed in the transaction it shared: it may have been that of another work. */
  alone: boolean
  state: 'waiting' | 'running' | 'late'
}

/**
 * Works that wait at the same time share a transaction, whose state is that of its first statement. Their statements go
 * out side by side; each work is answered as soon as it has ended.
 */
export function createReaders(options: ReadersOptions): Readers {
  const { newSession, onEvent, unfinishedMs, waitMs, time } = options
  const deadlines = createDeadlines(waitMs, time)
  const watch = createIdleWatch(unfinishedMs, time, waitMs)
  const queue: Job[] = []
  const sessions: Session[] = []
  const free: Session[] = []
  const units = new WeakMap<Link, Unit[]>()
  let [planned, closed, open] = [false, false, 0]
  let whenIdle = (): void => {}

  function plan(): void {
    if (planned) return
    planned = true
    // Those who come in this turn of the event loop are to share.
    void time.turn().then(() => {
      planned = false
      serveAll()
    })
  }

  function serveAll(): void {
    while (queue.length > 0 && (free.length > 0 || sessions.length < maxConnections)) {
      const batch = nextBatch()
      if (batch.length > 0) void serve(free.pop() ?? addedSession(), batch)
    }
  }

  function addedSession(): Session {
    const session = newSession()
    sessions.push(session)
    return session
  }

  function nextBatch(): readonly Job[] {
    const first = queue.shift()
    if (first === undefined || first.alone) return first === undefined ? [] : [first]
    const alone = queue.findIndex((job) => job.alone)
    const together = queue.splice(0, Math.min(mostTogether - 1, alone === -1 ? queue.length : alone))
    return [first, ...together]
  }

  async function serve(session: Session, batch: readonly Job[]): Promise<void> {
    try {
      const link = await session.link()
      const left = batch.filter(({ state }) => state === 'waiting')
      if (left.length > 0) await transaction(link, left)
    } catch (error) {
      for (const job of batch) job.answer({ error })
    }
    free.push(session)
    serveAll()
  }

  async function transaction(link: Link, jobs: readonly Job[]): Promise<void> {
    let begun = true
    link.query('begin isolation level repeatable read read only').catch(() => {
      begun = false
    })
    await Promise.all(
      jobs.map(async (job) => {
        const { outcome, whole } = await run(link, job)
        if ((whole && begun) || (jobs.length === 1 && link.lost() === undefined)) return job.answer(outcome)
        if (job.state === 'late') return job.answer({ error: new StoreUnavailable(waitMs) })
        job.state = 'waiting'
        job.alone = link.lost() === undefined
        queue.push(job)
      }),
    )
    // There is nothing to keep, and nobody waits for it; when it fails, what comes next finds the connection lost.
    link.query('rollback').catch(() => {})
  }

  /** `whole`: none of its statements failed. */
  async function run(link: Link, job: Job): Promise<{ readonly outcome: Outcome<unknown>; readonly whole: boolean }> {
    const known = units.get(link) ?? []
    units.set(link, known)
    const unit = known.pop() ?? createUnit(link, time.clock)
    job.state = 'running'
    unit.open()
    let usable = true
    const outcome = await watch.outcome(job.work, unit, (because) => {
      usable = false
      if (because === 'silent') {
        link.drop(new StoreUnavailable(waitMs))
        return { error: new StoreUnavailable(waitMs) }
      }
      onEvent({ kind: 'unfinished-work', unit: 'read' })
      return { error: new UnfinishedWork(unfinishedMs) }
    })
    unit.close()
    if (usable) known.push(unit)
    return { outcome, whole: !usable || unit.failure() === undefined }
  }

  return {
    read<T>(work: (db: Reader) => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new StoreClosed())
      return new Promise((resolve, reject) => {
        open += 1
        const stopWaiting = deadlines.add(() => {
          if (job.state === 'waiting') job.answer({ error: new StoreUnavailable(waitMs) })
          job.state = 'late'
        })
        let answered = false
        const job: Job = {
          work,
          alone: false,
          state: 'waiting',
          answer(outcome) {
            if (answered) return
            answered = true
            stopWaiting()
            open -= 1
            if ('error' in outcome) reject(outcome.error)
            else resolve(outcome.value as T)
            if (open === 0) whenIdle()
          },
        }
        queue.push(job)
        plan()
      })
    },
    connections: () => ({ busy: sessions.length - free.length, idle: free.length, waiting: queue.length }),
    async close() {
      closed = true
      if (open > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
      watch.close()
      deadlines.close()
      await Promise.all(sessions.map((session) => session.close()))
    },
  }
}
