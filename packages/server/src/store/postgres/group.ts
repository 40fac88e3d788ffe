import type { AuditEntry } from '../audit/audit.ts'
import { UnfinishedWork } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Footprint } from '../held-row.ts'
import type { Outcome, Writer } from '../store.ts'
import type { StoreTime } from '../store-time.ts'
import { CommitInDoubt, commit, type Marks } from './commit-mark.ts'
import { createHeldCache, type HeldCache } from './held-cache.ts'
import { createHurried, type Hurried } from './hurried.ts'
import type { IdleWatch } from './idle-watch.ts'
import type { Link } from './link.ts'
import { gatewayOf, partFrom } from './side-by-side.ts'
import { createUnit, type Unit } from './unit.ts'

/** A work and those who wait for it. */
export interface Job {
  readonly work: (tx: Writer) => Promise<unknown>
  readonly audit: ((outcome: Outcome<never>) => AuditEntry) | undefined
  readonly keepsTo: Footprint | undefined
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
  /** Its caller has been told that nothing was done: nothing may be done any more. */
  late: boolean
  /** It takes part in a commit that may have been made: nobody can be told that nothing was done. */
  committing: boolean
  stopWaiting: () => void
}

export interface Member {
  readonly job: Job
  outcome: Outcome<unknown>
}

export interface GroupOptions {
  readonly lock: string
  readonly marks: Marks
  readonly watch: IdleWatch
  readonly unfinishedMs: number
  readonly groupMs: number
  readonly time: StoreTime
  readonly onEvent: (event: StoreEvent) => void
}

/** A group ends after so many works, however many more are waiting: nobody waits for long. */
export const maxWorks = 256

export const notRun: Outcome<never> = { error: new Error('The work was not run.') }

/** Something of it is to be taken back, which only savepoints can do without the others. */
export class RunWithSavepoints extends Error {
  constructor(cause: unknown) {
    super('A work of the group failed after it had written.', { cause })
  }
}

export interface Group {
  /**
   * Runs the members in order, and those that `next` brings, and commits. Works next to one another that keep to different
   * gateways run side by side.
   *
   * @throws RunWithSavepoints when a member failed after a first write
   * @throws CommitInDoubt
   */
  run(link: Link, members: Member[], next: () => Job | undefined, savepoints: boolean): Promise<void>
}

/** What works of one connection use, one after another. */
interface Reused {
  readonly link: Link
  readonly cache: HeldCache
  /** Those that no work has now. */
  readonly units: Unit[]
}

/** One transaction of the lane. Nothing of it is seen, nor heard, before its commit. */
export function createGroup(options: GroupOptions): Group {
  const { lock, marks, watch, unfinishedMs, groupMs, time, onEvent } = options
  let reused: Reused | undefined

  function reusedOn(link: Link): Reused {
    if (reused?.link !== link) reused = { link, cache: createHeldCache(link), units: [] }
    return reused
  }

  async function outcomeOf(
    job: Job,
    link: Link,
    hurried: Hurried | undefined,
  ): Promise<{ outcome: Outcome<unknown>; touched: boolean }> {
    const { units, cache } = reusedOn(link)
    const unit = units.pop() ?? createUnit(link, time.clock, cache)
    // With savepoints each runs alone, whatever it touches.
    unit.open(hurried, hurried === undefined ? undefined : gatewayOf(job))
    let isGivenUp = false
    const outcome = await watch.outcome(job.work, unit, () => {
      isGivenUp = true
      onEvent({ kind: 'unfinished-work', unit: 'write' })
      return { error: new UnfinishedWork(unfinishedMs) }
    })
    unit.close()
    // PostgreSQL undoes what a work did whose statement failed, even when the work makes nothing of it.
    const [failed, touched] = [unit.failure(), unit.hasTouched()]
    // Whatever a work still does that was given up must not land in the transaction of others.
    if (!isGivenUp) units.push(unit)
    return { outcome: 'error' in outcome || failed === undefined ? outcome : failed, touched }
  }

  /** Leaves all or nothing of the work in the transaction. */
  async function runOne(member: Member, link: Link, hurried: Hurried | undefined): Promise<void> {
    // It would wait for what never comes once more.
    if ('error' in member.outcome && member.outcome.error instanceof UnfinishedWork) return
    const savepoints = hurried === undefined
    const marked = savepoints ? link.query('savepoint work') : undefined
    // Its failure shows with the statements after it.
    marked?.catch(() => {})
    const { outcome, touched } = await outcomeOf(member.job, link, hurried)
    if (link.lost() !== undefined) throw link.lost()
    member.outcome = outcome
    if (!('error' in outcome) || !touched) return
    if (!savepoints) throw new RunWithSavepoints(outcome.error)
    reusedOn(link).cache.clear()
    await link.query('rollback to savepoint work')
  }

  async function runAll(link: Link, members: Member[], next: () => Job | undefined, hurried: Hurried | undefined) {
    const end = time.clock() + groupMs
    for (let done = 0; ; ) {
      while (done < members.length) {
        const part = hurried === undefined ? members.slice(done, done + 1) : partFrom(members, done)
        await runPart(part, link, hurried)
        done += part.length
      }
      if (time.clock() > end) return
      for (let job = nextOf(members, next); job !== undefined; job = nextOf(members, next))
        members.push({ job, outcome: notRun })
      if (done === members.length) return
    }
  }

  /** Side by side. When one fails, all have ended before that is told: nothing of them is still under way then. */
  async function runPart(part: readonly Member[], link: Link, hurried: Hurried | undefined): Promise<void> {
    const run = part.filter(({ job }) => !job.late).map((member) => runOne(member, link, hurried))
    for (const ended of await Promise.allSettled(run)) if (ended.status === 'rejected') throw ended.reason
  }

  return {
    run: (link, members, next, savepoints) =>
      transact(link, members, marks, async () => {
        await link.query(`begin isolation level read committed; ${lock}`)
        reusedOn(link).cache.clear()
        // With savepoints it has to be known of each work whether its statements were done.
        const hurried = savepoints ? undefined : createHurried()
        await runAll(link, members, next, hurried)
        // A work behind it failed because of it, or has not asked the database anything.
        const refused = await hurried?.done()
        if (refused !== undefined) throw link.lost() ?? new RunWithSavepoints(refused.error)
        return () => undefined
      }),
  }
}

function nextOf(members: readonly Member[], next: () => Job | undefined): Job | undefined {
  return members.length < maxWorks ? next() : undefined
}

/** Sends what is still to be written. */
type LastWrite = (link: Link) => Promise<unknown> | undefined

/**
 * One transaction: `work` begins it and has the members run. Then what `work` leaves to be written, the entries of the
 * members, the mark and the commit go in one trip.
 *
 * @throws CommitInDoubt
 */
export async function transact(
  link: Link,
  members: readonly Member[],
  marks: Marks,
  work: () => Promise<LastWrite>,
): Promise<void> {
  try {
    const lastWrite = await work()
    const late = members.find(({ job }) => job.late)
    if (late !== undefined) throw new Error('A work was given up by its caller.')
    const entries = members.flatMap(({ job, outcome }) => job.audit?.(outcome as Outcome<never>) ?? [])
    for (const { job } of members) job.committing = true
    await commit(link, lastWrite(link), marks.append(link, entries))
  } catch (error) {
    if (error instanceof CommitInDoubt) throw error
    for (const { job } of members) job.committing = false
    if (link.lost() === undefined) await link.query('rollback').catch(() => {})
    throw error
  }
}
