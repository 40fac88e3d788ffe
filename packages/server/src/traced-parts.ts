import type { Authorise } from './access/authorise.ts'
import type { Bus } from './bus/bus.ts'
import { tracedBus } from './bus/traced-bus.ts'
import { toHolderSchema } from './channel/bus-messages.ts'
import { word } from './tracing/known.ts'
import type { OpenedTracing, Tracing } from './tracing/tracing.ts'

/** Parts of a server as they are where nobody asked for traces, and with spans where somebody did. */
export interface TracedParts {
  readonly tracing: Tracing | undefined
  bus(bus: Bus): Bus
  authorise(authorise: Authorise): Authorise
  close(): Promise<void>
}

const kinds = new Set(toHolderSchema.options.map(({ shape }) => shape.kind.value))

export function tracedParts(opened: OpenedTracing | undefined): TracedParts {
  if (opened === undefined) {
    return { tracing: undefined, bus: (bus) => bus, authorise: (authorise) => authorise, close: async () => {} }
  }
  const { tracing } = opened
  return {
    tracing,
    bus: (bus) => tracedBus(bus, tracing, kinds),
    authorise: (authorise) => (question) =>
      tracing.span({ name: word('authorise'), kind: 'internal' }, async () => authorise(question)),
    close: opened.close,
  }
}
