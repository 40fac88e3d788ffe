import { seedOf } from './random.ts'
import type { AnySubject } from './subject.ts'

/** A range of the schedules that follow from one seed. */
export interface Range {
  readonly seed: number
  readonly from: number
  readonly to: number
}

export interface Failure {
  readonly subject: string
  /** Which of the schedules. */
  readonly index: number
  /** Its own seed, which replays it. */
  readonly seed: number
  readonly message: string
}

export interface BatchResult {
  readonly schedules: number
  /** How many of them were neighbours of schedules in the corpus. */
  readonly near: number
  readonly events: number
  readonly failure: Failure | undefined
  /** How often each transition was seen, in the schedules that were looked at closely. */
  readonly transitions: ReadonlyMap<string, number>
  /** Hashes of the states of the world that were seen there. */
  readonly states: ReadonlySet<number>
}

/** Looking closely costs many times what running does. */
const lookedAt = 97

/** The subjects take turns, each as often as it is in the list. */
export async function runBatch(subjects: readonly AnySubject[], { seed, from, to }: Range): Promise<BatchResult> {
  const transitions = new Map<string, number>()
  const states = new Set<number>()
  let events = 0
  let near = 0
  for (let index = from; index < to; index++) {
    const subject = subjects[index % subjects.length] as AnySubject
    const counted = subject.nearTo ?? subject.name
    const own = seedOf(seed, index)
    if (subject.nearTo !== undefined) near++
    const watching = {
      count(machine: string, state: string, input: string, next: string): void {
        const key = `${counted} | ${machine} | ${state} | ${input} | ${next}`
        transitions.set(key, (transitions.get(key) ?? 0) + 1)
      },
      onState: (state: string): void => void states.add(hashOf(`${counted} ${state}`)),
    }
    const outcome = await subject.runSeed(own, index % lookedAt < subjects.length ? watching : undefined)
    events += outcome.events.length
    if (outcome.violation !== undefined) {
      const failure = { subject: subject.name, index, seed: own, message: outcome.violation.message }
      return { schedules: index + 1 - from, near, events, failure, transitions, states }
    }
  }
  return { schedules: to - from, near, events, failure: undefined, transitions, states }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
