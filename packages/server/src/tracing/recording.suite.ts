// Support for the tests of what makes spans: a tracing that keeps them.
import { AsyncLocalStorage } from 'node:async_hooks'
import { errorType, type Facts, type OpenSpan, type SpanStart, type Tracing } from './tracing.ts'

export interface Recorded {
  name: string
  readonly kind: SpanStart['kind']
  readonly parent: Recorded | string | undefined
  facts: Facts
  error: string | undefined
  ended: boolean
}

export interface Recording {
  readonly tracing: Tracing
  readonly spans: readonly Recorded[]
  /** From the outermost span to this one. */
  path(span: Recorded): string
  paths(): readonly string[]
}

export function recording(): Recording {
  const spans: Recorded[] = []
  const running = new AsyncLocalStorage<Recorded>()

  function begun(start: SpanStart): { readonly made: Recorded; readonly span: OpenSpan } {
    const named = start.parent?.traceparent
    const parent = named === undefined ? running.getStore() : (spans[Number(named)] ?? named)
    const made: Recorded = {
      name: start.name,
      kind: start.kind,
      parent,
      facts: { ...start.facts },
      error: undefined,
      ended: false,
    }
    spans.push(made)
    const span: OpenSpan = {
      rename(name) {
        made.name = name
      },
      add(facts) {
        made.facts = { ...made.facts, ...facts }
      },
      failed(error) {
        made.error = error
      },
      end() {
        made.ended = true
      },
    }
    return { made, span }
  }

  function path({ name, parent }: Recorded): string {
    return parent === undefined || typeof parent === 'string' ? name : `${path(parent)} > ${name}`
  }

  return {
    spans,
    path,
    paths: () => spans.map(path),
    tracing: {
      async span(start, work) {
        const { made, span } = begun(start)
        try {
          return await running.run(made, work, span)
        } catch (error) {
          span.failed(errorType(error))
          throw error
        } finally {
          span.end()
        }
      },
      begin: (start) => begun(start).span,
      isWithin: () => running.getStore()?.ended === false,
      carrier() {
        const within = running.getStore()
        return within && { traceparent: String(spans.indexOf(within)) }
      },
      here() {
        const within = running.getStore()
        return (work) => (within === undefined ? running.exit(work) : running.run(within, work))
      },
    },
  }
}
