import type { AuditEntry } from '../audit/audit.ts'
import { OutcomeUnknown, StoreClosed, StoreUnavailable, WriteFailed } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Footprint } from '../held-row.ts'
import type { Outcome, Writer } from '../store.ts'
import type { StoreTime } from '../store-time.ts'
import { CommitInDoubt, createMarks } from './commit-mark.ts'
import { createDeadlines } from './deadlines.ts'
import { createGroup, type Group, type Job, type Member, maxWorks, notRun, RunWithSavepoints } from './group.ts'
import { createIdleWatch } from './idle-watch.ts'
import { createMergedGroup } from './merged-group.ts'
import { isPassing } from './passing.ts'
import type { Session } from './session.ts'
import { createWaitingWorks, type Kind } from './waiting-works.ts'

export interface Lane {
  write<T>(
    work: (tx: Writer) => Promise<T>,
    audit?: (outcome: Outcome<T>) => AuditEntry,
    keepsTo?: Footprint,
  ): Promise<T>
  /** How many works wait for their group. */
  waiting(): number
  /** Resolves when everything handed in is settled; nothing more is taken. */
  close(): Promise<void>
}

export interface LaneOptions {
  readonly session: Session
  /** Names the marks of its commits; no other lane has it. */
  readonly writer: string
  /** Of the lock that all lanes with this number take. */
  readonly laneKey: number
  readonly onEvent: (event: StoreEvent) => void
  /** After so many milliseconds a work that does nothing is undone. */
  readonly unfinishedMs: number
  /** For so many milliseconds from its begin a group takes those who come. */
  readonly groupMs: number
  /** So many milliseconds a caller waits, then it is told that the store is away. */
  readonly waitMs: number
  readonly time: StoreTime
}

/**
 * All that a node writes: one transaction after the other, each for all who wait. Its first statement takes a lock until
 * its commit is durable and seen; and every statement after it sees what was committed before. For works in order one lane
 * of all nodes has the lock at a time: no two of them can meet. Lanes with merged works share it, and meet at the rows that
 * they lock.
 */
export function createLane(options: LaneOptions): Lane {
  const { session, writer, laneKey, onEvent, unfinishedMs, waitMs, time } = options
  const lock = `select pg_advisory_xact_lock(${BigInt(laneKey)})`
  const sharedLock = `select pg_advisory_xact_lock_shared(${BigInt(laneKey)})`
  const marks = createMarks(writer, lock)
  const watch = createIdleWatch(unfinishedMs, time)
  const deadlines = createDeadlines(waitMs, time)
  const works = createWaitingWorks()
  const { runInOrder } = works
  const groups: Readonly<Record<Kind, Pick<Group, 'run'>>> = {
    'in order': createGroup({ ...options, lock, marks, watch }),
    merged: createMergedGroup({ ...options, lock: sharedLock, marks, watch, runInOrder }),
  }
  let running = false
  let [closed, open] = [false, 0]
  let whenIdle = (): void => {}

  function answered(job: Job): void {
    job.stopWaiting()
    open -= 1
    if (open === 0) whenIdle()
  }

  /** All who wait share the flush, however slow the trips of their works are. */
  function takeAll(members: Member[], kind: Kind): void {
    while (members.length < maxWorks) {
      const job = works.next(kind)
      if (job === undefined) return
      members.push({ job, outcome: notRun })
    }
  }

  function settle(members: readonly Member[], begun: number): void {
    for (const { job, outcome } of members) {
      // Its caller was told that the outcome is not known.
      if (job.late) continue
      answered(job)
      if ('error' in outcome) job.reject(outcome.error)
      else job.resolve(outcome.value as never)
    }
    onEvent({ kind: 'committed', works: members.length, tookMs: time.clock() - begun })
  }

  function fail(members: readonly Member[], error: unknown): void {
    for (const { job } of members) {
      if (job.late) continue
      answered(job)
      job.reject(error instanceof StoreClosed ? error : new WriteFailed(error))
    }
    onEvent({ kind: 'commit-failed', works: members.length, error })
  }

  /** One of them is to blame, and fails alone where each runs by itself. */
  function part(members: readonly Member[], error: unknown): void {
    onEvent({ kind: 'not-merged', works: members.length, error })
    runInOrder(members.map(({ job }) => job))
  }

  /** Whether the group is done with; if not, it is to be run again. @throws what makes it fail */
  async function after(error: unknown, members: Member[]): Promise<boolean> {
    onEvent({ kind: 'repeated', works: members.length, error })
    if (error instanceof CommitInDoubt && (await wasMade(members))) return true
    for (const { job } of members) job.committing = false
    return false
  }

  /** Asks until it is told, or nobody waits for it any more. */
  async function wasMade(members: readonly Member[]): Promise<boolean> {
    for (;;) {
      const link = await session.link()
      try {
        return await marks.wasMade(link)
      } catch (error) {
        link.drop(error)
        if (members.every(({ job }) => job.late)) return false
      }
    }
  }

  async function commitGroup(kind: Kind): Promise<void> {
    let members: Member[] = []
    let savepoints = false
    const begun = time.clock()
    for (;;) {
      let link: Awaited<ReturnType<Session['link']>> | undefined
      try {
        link = await session.link()
        takeAll(members, kind)
        if (members.length === 0) return
        await groups[kind].run(link, members, () => works.next(kind), savepoints)
        return settle(members, begun)
      } catch (error) {
        const again = error instanceof RunWithSavepoints || error instanceof CommitInDoubt || link?.lost() !== undefined
        const isLate = members.some(({ job }) => job.late)
        if (!again && !isLate && !isPassing(error))
          return kind === 'merged' ? part(members, error) : fail(members, error)
        try {
          if (await after(error, members)) return settle(members, begun)
        } catch (end) {
          return fail(members, end)
        }
        savepoints ||= error instanceof RunWithSavepoints
        members = members.filter(({ job }) => !job.late)
      }
    }
  }

  async function commitAll(): Promise<void> {
    await time.turn()
    for (let kind = works.turn(); kind !== undefined; kind = works.turn()) await commitGroup(kind)
    running = false
  }

  function giveUp(job: Job): void {
    job.late = true
    answered(job)
    const error = job.committing ? new OutcomeUnknown(waitMs) : new StoreUnavailable(waitMs)
    job.reject(error)
    onEvent({ kind: 'commit-failed', works: 1, error })
  }

  return {
    write: (work, audit, keepsTo) => {
      if (closed) return Promise.reject(new StoreClosed())
      return new Promise((resolve, reject) => {
        open += 1
        const job: Job = {
          work,
          audit: audit as Job['audit'],
          keepsTo,
          resolve,
          reject,
          late: false,
          committing: false,
          stopWaiting: deadlines.add(() => giveUp(job)),
        }
        works.add(job)
        if (running) return
        running = true
        void commitAll()
      })
    },
    waiting: works.count,
    async close() {
      closed = true
      // Not for its loop, which may be waiting for a database that is away.
      if (open > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
      watch.close()
      deadlines.close()
    },
  }
}
