import { UnfinishedWork } from '../errors.ts'
import type { Outcome } from '../store.ts'
import { type Group, type GroupOptions, type Job, type Member, transact } from './group.ts'
import { type HeldRows, holdRows } from './held-rows.ts'
import { createHeldUnit, type HeldUnit } from './held-unit.ts'
import { instanceOf } from './waiting-works.ts'

export interface MergedGroupOptions extends Omit<GroupOptions, 'groupMs'> {
  /** Takes works out of the group that touch more than they keep to. */
  readonly runInOrder: (jobs: readonly Job[]) => void
}

/**
 * Works that keep to one row each: all rows are locked and read by one statement, the works run in memory, and what they
 * changed is written by one statement. Works on the same row run one after the other on what the one before has left.
 */
export function createMergedGroup(options: MergedGroupOptions): Pick<Group, 'run'> {
  const { lock, marks, watch, unfinishedMs, time, onEvent, runInOrder } = options
  let unit: HeldUnit | undefined

  /** What becomes of it; undefined when it is to be run in order. */
  async function outcomeOf(job: Job, rows: HeldRows): Promise<Outcome<unknown> | undefined> {
    unit ??= createHeldUnit(time.clock)
    const own = unit
    own.open(rows, instanceOf(job) ?? '')
    const outcome = await watch.outcome(job.work, own, () => {
      // Whatever the work still does must not land in the rows of others.
      unit = undefined
      onEvent({ kind: 'unfinished-work', unit: 'write' })
      return { error: new UnfinishedWork(unfinishedMs) }
    })
    own.close()
    const stray = own.stray()
    if (stray === undefined && 'value' in outcome) rows.keep()
    else rows.undo()
    if (stray === undefined) return outcome
    onEvent({ kind: 'not-merged', works: 1, error: stray })
    return undefined
  }

  async function runAll(members: Member[], rows: HeldRows): Promise<void> {
    for (const member of [...members]) {
      // It would wait for what never comes once more.
      if ('error' in member.outcome && member.outcome.error instanceof UnfinishedWork) continue
      const outcome = await outcomeOf(member.job, rows)
      if (outcome !== undefined) {
        member.outcome = outcome
        continue
      }
      members.splice(members.indexOf(member), 1)
      runInOrder([member.job])
    }
  }

  return {
    run: (link, members) =>
      transact(link, members, marks, async () => {
        const ids = members.flatMap(({ job }) => instanceOf(job) ?? [])
        // In one trip. The rows are read by a statement of its own, whose state is that of after the lock.
        const begun = link.query(`begin isolation level read committed; ${lock}`)
        const [first, held] = await Promise.allSettled([begun, holdRows(link, [...new Set(ids)])])
        if (first.status === 'rejected') throw first.reason
        if (held.status === 'rejected') throw held.reason
        await runAll(members, held.value)
        return held.value.write
      }),
  }
}
