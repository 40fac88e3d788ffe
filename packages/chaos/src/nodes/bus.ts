import { createNatsBus } from '@opensag/server/simulation'
import type { NodeBus } from '../glue/bus.ts'
import type { Life } from '../glue/time.ts'
import { loggerOf, type Node, type World } from '../glue/world.ts'
import type { Nats } from './nats.ts'

/** The bus of one run of a node: the real one, over servers of NATS that are simulated. */
export function createSharedBus(world: World, nats: Nats, life: Life, node: Node): NodeBus {
  const kept = nats.connectionOf(life, node)
  const bus = createNatsBus({
    servers: [],
    random: world.random,
    logger: loggerOf(world, node.name),
    timers: world.time.timersOf(life),
    keep({ onFirst }) {
      queueMicrotask(() => onFirst(kept.connection))
      return kept
    },
  })
  return {
    ...bus,
    holds: () => false,
    serve: (serial, handler) =>
      bus.serve(serial, async (asked, timeoutMs) => {
        const answer = await handler(asked, timeoutMs)
        world.owners?.answered(life, serial, asked, answer)
        return answer
      }),
  }
}
