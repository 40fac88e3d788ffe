import { type BusMessage, connectionsIn, createNatsBus, NoResponder, type Store } from '@opensag/server/simulation'
import type { NodeBus } from '../glue/bus.ts'
import type { Life } from '../glue/time.ts'
import { loggerOf, type Node, type ServerRun, type World } from '../glue/world.ts'
import type { Nats } from './nats.ts'
import { isCutFromBus } from './reach.ts'

/** So long after it was asked, "nobody holds it" may be the word of a bus that has not heard of a holder yet. */
const patienceMs = 1000

/** What one run of a node holds: by serial, a token of the connection and of the way to the bus. */
const held = new WeakMap<Life, Map<string, object>>()

/** In an answer, for the judge: which connection of the gateway it is from, if that was recorded when it was asked. */
const fromEpoch = 'epoch, for the judge'

/** So long the bus waits for what the store says of a gateway. */
const storeMs = 1000

/** The bus of one run of a node: the real one, over servers of NATS that are simulated. */
export function createSharedBus(world: World, nats: Nats, life: Life, node: Node): NodeBus {
  const kept = nats.connectionOf(life, node)
  const timers = world.time.timersOf(life)
  const own = new Map<string, object>()
  held.set(life, own)
  /** The store of this run, once it has one. */
  const read: Store['read'] = (work) => {
    const { store } = life as ServerRun
    return store?.read(work) ?? Promise.reject(new Error('There is no store yet.'))
  }
  const { epochOf, isHeld } = connectionsIn({ read })
  /** Told which epoch the request has that is about to be made. */
  let onEpoch: (epoch: number) => void = () => {}
  const bus = createNatsBus({
    servers: [],
    random: world.random,
    logger: loggerOf(world, node.name),
    timers,
    isHeld,
    epochOf(serial) {
      const tell = onEpoch
      const asked = epochOf(serial)
      void asked.then(tell, () => {})
      return asked
    },
    keep({ onFirst }) {
      queueMicrotask(() => onFirst(kept.connection))
      return kept
    },
  })
  return {
    ...bus,
    holds: (serial) => own.has(serial),
    async request(serial, message, timeoutMs, askedOnce) {
      const began = timers.now()
      let known: number | undefined
      onEpoch = (epoch) => {
        if (timers.now() - began < Math.min(storeMs, timeoutMs)) known = epoch
      }
      const wasAway = node.toBus === 'cut'
      const holders = holdersOf(world, serial)
      try {
        const { [fromEpoch]: epoch, ...answer } = await bus.request(serial, message, timeoutMs, askedOnce)
        if (typeof epoch === 'number' && known !== undefined && epoch < known) world.owners?.deceived(life, serial)
        return answer
      } catch (error) {
        const isEarly = timers.now() - began < Math.min(patienceMs, timeoutMs)
        const isHeldStill = holdersOf(world, serial).some((one) => holders.includes(one))
        const isAway = wasAway && node.toBus === 'cut'
        if (error instanceof NoResponder && askedOnce !== true && isHeldStill && (isEarly || isAway))
          world.owners?.missed(life, serial)
        throw error
      }
    },
    serve(serial, handler, connection) {
      const by = {}
      own.set(serial, by)
      async function serveAsked(asked: BusMessage, timeoutMs: number): Promise<BusMessage> {
        const epoch = connection?.epoch()
        const answer = await handler(asked, timeoutMs)
        world.owners?.answered(life, serial, asked, answer)
        return epoch === undefined ? answer : { ...answer, [fromEpoch]: epoch }
      }
      const stop = bus.serve(serial, serveAsked, connection)
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
