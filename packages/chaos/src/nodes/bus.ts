import { createNatsBus, NoResponder } from '@opensag/server/simulation'
import type { NodeBus } from '../glue/bus.ts'
import type { Life } from '../glue/time.ts'
import { loggerOf, type Node, type World } from '../glue/world.ts'
import type { Nats } from './nats.ts'
import { isCutFromBus } from './reach.ts'

/** So long after it was asked, "nobody holds it" may be the word of a bus that has not heard of a holder yet. */
const patienceMs = 1000

/** What one run of a node holds: by serial, a token of the connection and of the way to the bus. */
const held = new WeakMap<Life, Map<string, object>>()

/** The bus of one run of a node: the real one, over servers of NATS that are simulated. */
export function createSharedBus(world: World, nats: Nats, life: Life, node: Node): NodeBus {
  const kept = nats.connectionOf(life, node)
  const timers = world.time.timersOf(life)
  const own = new Map<string, object>()
  held.set(life, own)
  const bus = createNatsBus({
    servers: [],
    random: world.random,
    logger: loggerOf(world, node.name),
    timers,
    keep({ onFirst }) {
      queueMicrotask(() => onFirst(kept.connection))
      return kept
    },
  })
  return {
    ...bus,
    holds: (serial) => own.has(serial),
    async request(serial, message, timeoutMs) {
      const began = timers.now()
      const wasAway = node.toBus === 'cut'
      const holders = holdersOf(world, serial)
      try {
        return await bus.request(serial, message, timeoutMs)
      } catch (error) {
        const isEarly = timers.now() - began < Math.min(patienceMs, timeoutMs)
        const isHeld = holdersOf(world, serial).some((one) => holders.includes(one))
        const isAway = wasAway && node.toBus === 'cut'
        if (error instanceof NoResponder && isHeld && (isEarly || isAway)) world.owners?.missed(life, serial)
        throw error
      }
    },
    serve(serial, handler) {
      const by = {}
      own.set(serial, by)
      const stop = bus.serve(serial, async (asked, timeoutMs) => {
        const answer = await handler(asked, timeoutMs)
        world.owners?.answered(life, serial, asked, answer)
        return answer
      })
      return () => {
        if (own.get(serial) === by) own.delete(serial)
        stop()
      }
    },
  }
}

/** The connections of a gateway whose nodes have a way to the bus. */
function holdersOf({ nodes }: World, serial: string): readonly object[] {
  return nodes.flatMap((node) => {
    const token = node.run === undefined || isCutFromBus(node) ? undefined : held.get(node.run)?.get(serial)
    return token ?? []
  })
}
