import { findInstance } from '../store/fleet/lookups.ts'
import { changeOfRequest } from '../store/gateways/password-changes.ts'
import type { Job, JobItem } from '../store/jobs/jobs.ts'
import { type ItemChange, type Lease, putBackItem, settleItem } from '../store/jobs/runs.ts'
import type { Store } from '../store/store.ts'
import { type Expected, isProven } from './item-calls.ts'

/** What became of a call of this node, until it is written down. */
export interface Outcome {
  readonly job: Lease & Pick<Job, 'kind'>
  readonly item: Pick<JobItem, 'position' | 'instance_id' | 'serial'>
  readonly expected: Expected
  /** Undefined: nothing was sent, so that it is to do as before. */
  readonly change: ItemChange | undefined
}

/** What a node knows of its own work on jobs and no other can know. It starts with nothing, and holds ten outcomes of a job at most. */
export interface JobMemory {
  /** The epochs of the leases that it has, by their jobs. */
  readonly leases: Map<string, number>
  readonly outcomes: Set<Outcome>
}

export function createJobMemory(): JobMemory {
  return { leases: new Map(), outcomes: new Set() }
}

interface Place {
  readonly store: Store
  readonly memory: JobMemory
}

/** What the store did not take, because it was away, comes before anything else of a job. */
export async function writeOutcomes(place: Place): Promise<void> {
  for (const outcome of place.memory.outcomes) await conclude(place, outcome)
}

/** @throws Error when the store does not take it: then it is kept */
export async function conclude({ store, memory }: Place, outcome: Outcome): Promise<void> {
  memory.outcomes.add(outcome)
  await writeOutcome(store, outcome)
  memory.outcomes.delete(outcome)
}

async function writeOutcome(store: Store, { job, item, expected, change }: Outcome): Promise<void> {
  const { position } = item
  await store.write(async (tx) => {
    if (change !== undefined) return settleItem(tx, job, position, change)
    // The error may have come after the commit of what was called.
    if (job.kind === 'RotatePasswords') {
      const { requestId = '' } = expected
      if ((await changeOfRequest(tx, { serial: item.serial ?? '', requestId })) !== undefined) return
    } else {
      const instance = await findInstance(tx, item.instance_id)
      if (instance !== undefined && isProven(job.kind, expected, instance)) return
    }
    await putBackItem(tx, job.id, { position, expected: JSON.stringify(expected) })
  })
}
