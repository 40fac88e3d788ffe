import { setTimeout as pause } from 'node:timers/promises'
import { metricsOf } from '../gateways.ts'
import type { Node, World } from './world.ts'

/** The worst that was seen of one node while it was watched. */
export interface Strained {
  readonly id: string
  /** The longest hold of the event loop, milliseconds. */
  readonly loopMs: number
  readonly residentMiB: number
  /** Processor time ÷ time. */
  readonly cpuShare: number
  /** Looks at `/readyz` that found it ready, and all of them. */
  readonly ready: number
  readonly looks: number
}

const lookMs = 500
/** After that a load balancer takes a node for not ready (`inter` of deploy/haproxy/edge.cfg). */
const readyMs = 1000

/** Looks at nodes until it is over. */
export async function watchNodes(nodes: readonly Node[], isOver: () => boolean): Promise<readonly Strained[]> {
  return Promise.all(
    nodes.map(async ({ id, peer, data }) => {
      const [began, cpuBefore] = [performance.now(), peer.cpuMs()]
      let [loopMs, residentMiB, ready, looks] = [0, 0, 0, 0]
      await metricsOf(data) // Each look tells what was since the one before.
      while (!isOver()) {
        await pause(lookMs)
        const [metrics, isReady] = await Promise.all([metricsOf(data), answersReady(peer.port)])
        loopMs = Math.max(loopMs, 1000 * (metrics.get('nodejs_eventloop_lag_seconds{quantile="max"}') ?? 0))
        residentMiB = Math.max(residentMiB, peer.residentMiB())
        looks++
        if (isReady) ready++
      }
      const cpuShare = (peer.cpuMs() - cpuBefore) / (performance.now() - began)
      return { id, loopMs, residentMiB, cpuShare, ready, looks }
    }),
  )
}

/** Over a new connection each time, as a load balancer looks: one that is open already does not wait to be made. */
async function answersReady(port: number): Promise<boolean> {
  const headers = { connection: 'close' }
  const signal = AbortSignal.timeout(readyMs)
  return fetch(`http://127.0.0.1:${port}/readyz`, { headers, signal }).then(
    ({ status }) => status === 200,
    () => false,
  )
}

/** Who has each gateway, as the rows say. */
export interface Owners {
  /** By the node's name. */
  readonly held: ReadonlyMap<string, number>
  /** Gateways that were at this node, by their serial numbers. */
  of(node: string): ReadonlySet<string>
}

/** Reads who has which gateway, and remembers it: an epoch of a gateway has one owner, and never another one. */
export function createOwnerBook({ database }: Pick<World, 'database'>) {
  const owners = new Map<string, string>()
  const twice: string[] = []

  async function look(): Promise<Owners> {
    const byNode = new Map<string, Set<string>>()
    for (const row of await database.query('select serial, owner_epoch, node from device where node is not null')) {
      const [serial = '', epoch, node = ''] = row.split('|')
      const key = `${serial}, epoch ${epoch}`
      const before = owners.get(key) ?? node
      if (before !== node) twice.push(`${key}: ${before} and ${node}`)
      owners.set(key, node)
      byNode.set(node, (byNode.get(node) ?? new Set()).add(serial))
    }
    return {
      held: new Map([...byNode].map(([node, serials]) => [node, serials.size])),
      of: (node) => byNode.get(node) ?? new Set(),
    }
  }

  return { look, twice }
}
