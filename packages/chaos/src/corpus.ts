import { corpusEntries } from './corpus-entries.ts'
import { nearSubject } from './neighbours.ts'
import type { Event, Subject } from './subject.ts'
import { subjectNamed } from './subjects.ts'

/** A schedule that once broke a promise, or would without one rule, kept by name and replayed for ever. */
export interface CorpusEntry {
  readonly name: string
  readonly subject: string
  /** What happens in it; where it broke something, what, and by which rule it is kept now. */
  readonly about: string
  /** As {@link Subject.textOf} writes them. */
  readonly events: readonly string[]
}

export interface Corpus {
  readonly name: string
  readonly about: string
  readonly subject: Subject
  readonly events: readonly Event[]
  /** Schedules a few events away from it. */
  readonly near: Subject
}

export const corpus: readonly Corpus[] = corpusEntries.map(load)

function load({ name, about, subject: subjectName, events: texts }: CorpusEntry): Corpus {
  const subject = subjectNamed(subjectName)
  if (subject === undefined) throw new Error(`The corpus names a subject that is not there: ${subjectName}.`)
  const events = texts.map((text) => subject.eventOf(text))
  return { name, about, subject, events, near: nearSubject(name, subject, events) }
}

export function corpusNamed(name: string): Corpus | undefined {
  return corpus.find((entry) => entry.name === name)
}
