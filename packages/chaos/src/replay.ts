import { shrink } from './shrink.ts'
import type { Event, Outcome, Subject } from './subject.ts'

export interface Replay {
  readonly violation: string
  /** How many events the schedule had, and how many of them are needed. */
  readonly events: number
  readonly needed: readonly Event[]
  /** What happened, line by line: the events that are needed, who did what, and what was durable then. */
  readonly trace: readonly string[]
}

/** A schedule again, made as small as it can be without losing what went wrong; undefined when nothing does. */
export function replay(subject: Subject, seed: number): Replay | undefined {
  return explain(subject, subject.runSeed(seed))
}

/** The same, of events that are given. */
export function replayEvents(subject: Subject, given: readonly Event[]): Replay | undefined {
  return explain(subject, subject.runEvents(given))
}

function explain(subject: Subject, { events, violation }: Outcome): Replay | undefined {
  if (violation === undefined) return undefined
  const kind = kindOf(violation.message)
  const needed = shrink(events, (part) => kindOf(subject.runEvents(part).violation?.message ?? '') === kind)
  const trace: string[] = []
  const again = subject.runEvents(needed, {
    log: (actor, event) => trace.push(actor === '' ? event : `    ${actor}: ${event}`),
  })
  return { violation: again.violation?.message ?? violation.message, events: events.length, needed, trace }
}

/** Which change, link or box it was does not matter. */
function kindOf(message: string): string {
  return message.replace(/\d+/g, '#')
}
