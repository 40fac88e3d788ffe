import type { Job } from './group.ts'

/**
 * In order: one after the other, or those of different gateways side by side, alone among all nodes. Merged: those that
 * keep to an instance, together with other nodes.
 */
export type Kind = 'in order' | 'merged'

/** The instance that a work keeps to; undefined when it has not said so, or keeps to something else. */
export function instanceOf({ keepsTo }: Pick<Job, 'keepsTo'>): string | undefined {
  return keepsTo !== undefined && 'instance' in keepsTo ? keepsTo.instance : undefined
}

/** The works that wait for their group. */
export interface WaitingWorks {
  add(job: Job): void
  /** They run next, in order, whatever they keep to. */
  runInOrder(jobs: readonly Job[]): void
  /** The next of a kind, whose caller still waits. */
  next(kind: Kind): Job | undefined
  /** Whose turn it is: where both kinds wait, each has every other group. */
  turn(): Kind | undefined
  count(): number
}

export function createWaitingWorks(): WaitingWorks {
  const queues: Readonly<Record<Kind, Job[]>> = { 'in order': [], merged: [] }
  let last: Kind = 'merged'

  return {
    add: (job) => void queues[instanceOf(job) === undefined ? 'in order' : 'merged'].push(job),
    runInOrder: (jobs) => void queues['in order'].unshift(...jobs),
    next(kind) {
      for (;;) {
        const job = queues[kind].shift()
        if (job === undefined || !job.late) return job
      }
    },
    turn() {
      const other: Kind = last === 'merged' ? 'in order' : 'merged'
      const kind = [other, last].find((one) => queues[one].length > 0)
      last = kind ?? last
      return kind
    },
    count: () => queues['in order'].length + queues.merged.length,
  }
}
