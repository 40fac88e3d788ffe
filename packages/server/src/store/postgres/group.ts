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
   * Runs the members one after the other, and those that `next` brings, and commits.
   *
   * @throws RunWithSavepoints when a member failed after a first write
   * @throws CommitInDoubt
   */
  run(link: Link, members: Member[], next: () => Job | undefined, savepoints: boolean): Promise<void>
}

interface Reused {
  readonly link: Link
  readonly cache: HeldCache
  readonly unit: Unit
}

/** One transaction of the lane. Nothing of it is seen, nor heard, before its commit. */
export function createGroup(options: GroupOptions): Group {
  const { lock, marks, watch, unfinishedMs, groupMs, time, onEvent } = options
  let reused: Reused | undefined

  function unitOn(link: Link): Reused {
    if (reused?.link === link) return reused
    const cache = createHeldCache(link)
    reused = { link, cache, unit: createUnit(link, time.clock, cache) }
    return reused
  }

  async function outcomeOf(
    { work }: Job,
    link: Link,
    hurried: Hurried | undefined,
  ): Promise<{ outcome: Outcome<unknown>; touched: boolean }> {
    const { unit } = unitOn(link)
    unit.open(hurried)
    const outcome = await watch.outcome(work, unit, () => {
      // Whatever the work still does must not land in the transaction of others.
      reused = undefined
      onEvent({ kind: 'unfinished-work', unit: 'write' })
      return { error: new UnfinishedWork(unfinishedMs) }
    })
    unit.close()
    // PostgreSQL undoes what a work did whose statement failed, even when the work makes nothing of it.
    const failed = unit.failure()
    return { outcome: 'error' in outcome || failed === undefined ? outcome : failed, touched: unit.hasTouched() }
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
    unitOn(link).cache.clear()
    await link.query('rollback to savepoint work')
  }

  async function runAll(link: Link, members: Member[], next: () => Job | undefined, hurried: Hurried | undefined) {
    const end = time.clock() + groupMs
    for (const member of members) if (!member.job.late) await runOne(member, link, hurried)
    while (members.length < maxWorks && time.clock() <= end) {
      const job = next()
      if (job === undefined) return
      const member = { job, outcome: notRun }
      members.push(member)
      await runOne(member, link, hurried)
    }
  }

  return {
    run: (link, members, next, savepoints) =>
      transact(link, members, marks, async () => {
        await link.query(`begin isolation level read committed; ${lock}`)
        unitOn(link).cache.clear()
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
