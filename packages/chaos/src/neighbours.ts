import { type Chance, createChance } from './random.ts'
import type { AnySubject, Event } from './subject.ts'

const mostEdits = 6

/**
 * The neighbourhood of a schedule as a subject of its own: each seed is the schedule with a few of its events changed,
 * left out, added or moved. Where a fault once was, others are near: of the neighbours of the first schedule in the corpus
 * one in six broke the same promise, of fresh schedules one in a million.
 */
export function nearSubject<S extends AnySubject>(name: string, subject: S, events: readonly Event[]): S {
  return {
    ...subject,
    name,
    nearTo: subject.name,
    runSeed: (seed, watching) => subject.runEvents(neighbour(subject, events, createChance(seed)), watching),
  }
}

function neighbour(subject: AnySubject, events: readonly Event[], chance: Chance): readonly Event[] {
  const near = [...events]
  for (let edits = 1 + chance.below(mostEdits); edits > 0; edits--) {
    const at = chance.below(near.length)
    const other = chance.below(near.length)
    const event = chance.below(subject.events)
    switch (chance.below(4)) {
      case 0:
        near[at] = event
        break
      case 1:
        near.splice(at, 1)
        break
      case 2:
        near.splice(at, 0, event)
        break
      default:
        near.splice(other, 0, ...near.splice(at, 1))
    }
  }
  return near
}
