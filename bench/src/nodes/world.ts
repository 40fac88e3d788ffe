import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountOf } from '../contenders.ts'
import type { Place } from '../load/open-loop.ts'
import { type Peer, startOpenSag, startSimulationOf, unpaced } from '../peers.ts'
import { freePort, type Postgres, startPostgres } from '../postgres.ts'
import { type BenchUser, createBenchUser } from '../seed.ts'
import type { Key } from '../sign.ts'
import { callers, purchaseAll } from '../workload.ts'
import { checkDescriptors } from './descriptors.ts'
import { addGateways, type Coming, serialOf, watchComing } from './fleet.ts'
import { startBalancer, startNats } from './programs.ts'

export interface Node {
  /** Its name in the database. */
  readonly id: string
  readonly peer: Peer
  /** Where the load balancers send gateways. */
  readonly gatewayPort: number
  readonly data: string
}

/** Gateways that callers ask about, spread over the fleet, each with an instance. */
export interface Sampled {
  readonly serial: string
  readonly instance: string
}

export interface World {
  readonly database: Postgres
  readonly nodes: readonly Node[]
  /** Of the load balancer that callers use. */
  readonly edge: Place
  readonly gateways: number
  /** Their first coming, when each enrols. */
  readonly coming: Coming
  readonly samples: readonly Sampled[]
  readonly account: Key
  readonly user: BenchUser
  close(): Promise<void>
}

export interface WorldOptions {
  readonly root: string
  readonly folder: string
  /** In all. They are in as many processes as there are nodes, each with a load balancer of its own: a process has too few descriptors. */
  readonly gateways: number
  readonly say?: (text: string) => void
}

const nodeCount = 3
/** Of callers, beside those of gateways. */
const callConnections = 1000

/** Three nodes on one PostgreSQL and one NATS behind HAProxy, and a fleet that is all online. */
export async function startWorld({ root, folder, gateways, say = () => {} }: WorldOptions): Promise<World> {
  checkDescriptors({ gateways, nodes: nodeCount, callers: callConnections })
  const stops: (() => Promise<void>)[] = []
  async function started<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const one = await starting
    stops.push(() => one.stop())
    return one
  }
  async function close(): Promise<void> {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    const database = await started(startPostgres())
    const bus = await started(startNats())
    const flags = [
      ...['--trusted-proxy', '127.0.0.1'],
      ...unpaced,
      '--database',
      database.url,
      '--bus',
      `nats://127.0.0.1:${bus.port}`,
      '--log-level',
      'error',
    ]
    const nodes: Node[] = []
    for (let index = 0; index < nodeCount; index++) {
      const data = join(folder, `node-${index + 1}`)
      mkdirSync(data, { recursive: true, mode: 0o700 })
      // All nodes have one master key.
      const [first] = nodes
      if (first !== undefined) cpSync(join(first.data, 'master.key'), join(data, 'master.key'))
      const gatewayPort = await freePort()
      const peer = await startOpenSag(root, data, { flags: [...flags, '--gateway-port', String(gatewayPort)] })
      // Of a node that was killed there is nothing to stop.
      stops.push(() => peer.kill())
      nodes.push({ peer, gatewayPort, data, id: readFileSync(join(data, 'node.id'), 'utf8').trim() })
    }
    const ports = nodes.map(({ peer, gatewayPort }) => ({ calls: peer.port, gateways: gatewayPort }))
    const shares = nodes.map((_, index) => Math.floor((gateways + index) / nodeCount))
    const edges = await Promise.all(
      shares.map((share, index) =>
        started(startBalancer(join(folder, `edge-${index + 1}`), ports, share + callConnections)),
      ),
    )
    const files = shares.map((share, index) => {
      const serials = Array.from({ length: share }, (_, place) => serialOf(index, place))
      return addGateways((nodes[index] as Node).data, join(folder, `fleet-${index + 1}`), serials)
    })
    const addingSince = performance.now()
    const filled = await Promise.all(files)
    say(`${gateways} devices added in ${((performance.now() - addingSince) / 1000).toFixed(0)} s`)
    const enrolled = (): Promise<unknown> =>
      Promise.all(
        filled.map(async (file, index) => {
          const fleet = await startSimulationOf(edges[index]?.port ?? 0, file)
          // Their disks are in memory: nothing is lost.
          stops.push(() => fleet.kill())
        }),
      )
    const coming = await watchComing(enrolled, { nodes, database, gateways, say })
    const [first] = nodes as [Node]
    const account = accountOf(first.data)
    const user = await createBenchUser(first.peer, account)
    const serials = Array.from({ length: Math.min(callers, gateways) }, (_, index) => {
      const fleet = index % nodeCount
      const place = Math.floor(((shares[fleet] ?? 1) * Math.floor(index / nodeCount) * nodeCount) / callers)
      return serialOf(fleet, place)
    })
    const instances = await purchaseAll(first.peer, account, serials)
    const samples = serials.map((serial, index) => ({ serial, instance: instances[index] ?? '' }))
    return { database, nodes, edge: { port: edges[0]?.port ?? 0 }, gateways, coming, samples, account, user, close }
  } catch (error) {
    await close()
    throw error
  }
}
