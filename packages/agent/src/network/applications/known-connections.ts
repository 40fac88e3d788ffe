import type { End } from '../flow-log/conntrack-flows.ts'
import type { RecognisedPacket } from './recognised-packets.ts'

/** Both ends of a connection. */
export interface Connection {
  readonly protocol: number
  readonly from: End
  readonly to: End
}

/** Numbers of applications: what a connection is for, and what carries it where that is another one. */
export interface Recognised {
  readonly application: number
  readonly carrier: number | undefined
}

/** What is known of the connections of a branch, as many as are given. */
export interface KnownConnections {
  /** True: it says something new. */
  learn(packet: RecognisedPacket): boolean
  of(connection: Connection): Recognised | undefined
  all(): Iterable<readonly [Connection, Recognised]>
}

/** Less than half of what a set takes: all may be of one application, and each is in its set twice. */
const mostKnown = 30_000

/**
 * @param numbers of applications, by those of the engine
 * @param most the one that was learnt first is forgotten for the next
 */
export function createKnownConnections(numbers: ReadonlyMap<number, number>, most = mostKnown): KnownConnections {
  const known = new Map<string, readonly [Connection, Recognised]>()

  return {
    learn({ protocol, from, to, ...packet }) {
      const carrier = numbers.get(packet.carrier)
      const application = numbers.get(packet.application) ?? carrier
      if (application === undefined) return false
      const key = keyOf({ protocol, from, to })
      const before = known.get(key)?.[1]
      const now = { application, carrier: carrier === application ? undefined : carrier }
      if (before?.application === now.application && before.carrier === now.carrier) return false
      known.set(key, [{ protocol, from, to }, now])
      for (const oldest of known.keys()) {
        if (known.size <= most) break
        known.delete(oldest)
      }
      return true
    },
    of: (connection) => known.get(keyOf(connection))?.[1],
    all: () => known.values(),
  }
}

/** The same for packets of both ways. */
function keyOf({ protocol, from, to }: Connection): string {
  const ends = [from, to].map(({ address, port }) => `${address}:${port}`)
  return `${protocol} ${ends.sort().join(' ')}`
}
