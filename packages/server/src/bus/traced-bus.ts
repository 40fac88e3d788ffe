import { type Known, ownText, word } from '../tracing/known.ts'
import type { Carrier, Tracing } from '../tracing/tracing.ts'
import type { Bus, BusMessage } from './bus.ts'

/** In a message, beside what it says. A node that makes no traces does not read it. */
const key = 'traceparent'

/**
 * The bus with a span for each request of a call, and one for its answer at the node that holds the gateway. The latter is a
 * child of the former, whether the message went over a network or stayed in this process.
 *
 * @param kinds of messages, as they are in the sources
 */
export function tracedBus(bus: Bus, tracing: Tracing, kinds: ReadonlySet<string>): Bus {
  /** A message of another version of the program may be of any kind. */
  function kindOf({ kind }: BusMessage): Known {
    return typeof kind === 'string' && kinds.has(kind) ? ownText(kind) : word('request')
  }

  return {
    ...bus,
    request(serial, message, timeoutMs, askedOnce) {
      if (!tracing.isWithin()) return bus.request(serial, message, timeoutMs, askedOnce)
      return tracing.span({ name: ownText(`bus ${kindOf(message)}`), kind: 'client' }, () =>
        bus.request(serial, { ...message, ...tracing.carrier() }, timeoutMs, askedOnce),
      )
    },
    serve(serial, handler, connection) {
      const traced = (message: BusMessage, timeoutMs: number): Promise<BusMessage> => {
        const parent = carrierIn(message)
        if (parent === undefined) return handler(message, timeoutMs)
        const { [key]: _parent, ...asked } = message
        return tracing.span({ name: ownText(`holder ${kindOf(asked)}`), kind: 'server', parent }, () =>
          handler(asked, timeoutMs),
        )
      }
      return bus.serve(serial, traced, connection)
    },
  }
}

function carrierIn({ [key]: traceparent }: BusMessage): Carrier | undefined {
  return typeof traceparent === 'string' ? { traceparent } : undefined
}
