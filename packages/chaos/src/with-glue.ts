import { glueCorpus } from './glue/corpus.ts'
import type { GlueSubject } from './glue/run.ts'
import { nearSubject } from './neighbours.ts'
import { inScratchFolder } from './scratch-folder.ts'
import type { AnySubject, Event } from './subject.ts'

export interface GlueEntry {
  readonly name: string
  readonly about: string
  readonly events: readonly Event[]
  /** Schedules a few events away from it. */
  readonly near: AnySubject
}

export interface Glue {
  readonly subject: GlueSubject
  readonly corpus: readonly GlueEntry[]
}

/** The simulation of the real glue, with a database for as long as `work` takes. The server is loaded only for it. */
export async function withGlue<T>(work: (glue: Glue) => Promise<T>): Promise<T> {
  const { createGlueSubject } = await import('./glue/run.ts')
  return inScratchFolder((folder) => {
    const subject = createGlueSubject(folder)
    const corpus = glueCorpus.map(({ name, about, events: texts }) => {
      const events = texts.map((text) => subject.eventOf(text))
      return { name, about, events, near: nearSubject<AnySubject>(name, subject, events) }
    })
    return work({ subject, corpus })
  })
}
