import { shrink } from './shrink.ts'
import type { AnySubject, Event, Outcome } from './subject.ts'

export interface Replay {
  readonly violation: string
  /** How many events the schedule had, and how many of them are needed. */
  readonly events: number
  readonly needed: readonly Event[]
  /** What happened, line by line: the events that are needed, who did what, and what was durable then. */
  readonly trace: readonly string[]
}

/** A schedule again, made as small as it can be without losing what went wrong; undefined when nothing does. */
export async function replay(subject: AnySubject, seed: number): Promise<Replay | undefined> {
  return explain(subject, await subject.runSeed(seed))
}

/** The same, of events that are given. */
export async function replayEvents(subject: AnySubject, given: readonly Event[]): Promise<Replay | undefined> {
  return explain(subject, await subject.runEvents(given))
}

async function explain(subject: AnySubject, { events, violation }: Outcome): Promise<Replay | undefined> {
  if (violation === undefined) return undefined
  const kind = kindOf(violation.message)
  const needed = await shrink(events, async (part) => {
    const { violation: broken } = await subject.runEvents(part)
    return kindOf(broken?.message ?? '') === kind
  })
  const trace: string[] = []
  const again = await subject.runEvents(needed, {
    log: (actor, event) => trace.push(actor === '' ? event : `    ${actor}: ${event}`),
  })
  return { violation: again.violation?.message ?? violation.message, events: events.length, needed, trace }
}

/** Which change, link or box it was does not matter. */
function kindOf(message: string): string {
  return message.replace(/\d+/g, '#')
}
