import { glueCorpus } from './glue/corpus.ts'
import type { GlueSubject } from './glue/run.ts'
import { nearSubject } from './neighbours.ts'
import { nodesCorpus, nodesName } from './nodes/corpus.ts'
import { inScratchFolder } from './scratch-folder.ts'
import type { AnySubject, Event } from './subject.ts'

export interface GlueEntry {
  readonly name: string
  readonly about: string
  readonly subject: GlueSubject
  readonly events: readonly Event[]
  /** Schedules a few events away from it. */
  readonly near: AnySubject
}

export interface Glue {
  readonly subject: GlueSubject
  /** Several nodes with one store and one bus. */
  readonly nodes: GlueSubject
  readonly corpus: readonly GlueEntry[]
}

/** The simulation of the real glue, with a database for as long as `work` takes. The server is loaded only for it. */
export async function withGlue<T>(work: (glue: Glue) => Promise<T>): Promise<T> {
  const { createGlueSubject, createNodesSubject } = await import('./real.ts')
  return inScratchFolder((folder) => {
    const glue = createGlueSubject(folder)
    const nodes = createNodesSubject(folder)
    const corpus = [...glueCorpus, ...nodesCorpus].map(({ name, about, subject: of, events: texts }) => {
      const subject = of === nodesName ? nodes : glue
      const events = texts.map((text) => subject.eventOf(text))
      return { name, about, subject, events, near: nearSubject<AnySubject>(name, subject, events) }
    })
    return work({ subject: glue, nodes, corpus })
  })
}
