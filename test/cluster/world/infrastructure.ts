import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseBalancer, edgeBalancer } from './balancers.ts'
import { type BusServers, startBus } from './bus.ts'
import { type Database, startDatabase } from './database.ts'
import { type Machine, type Network, startNetwork } from './network.ts'
import { installPatroni } from './python.ts'
import { type Authority, createAuthority, createNodeKey, type NodeKey, newPassword } from './secrets.ts'
import type { Service } from './service.ts'

/** What three nodes need around them, each program on a machine of its own, with the configurations of deploy/. */
export interface Infrastructure {
  readonly folder: string
  readonly network: Network
  readonly authority: Authority
  readonly database: Database
  readonly bus: BusServers
  readonly edge: Service
  /** Machines for nodes; each has a way to the primary at `127.0.0.1:5000`. */
  readonly nodeMachines: readonly Machine[]
  readonly nodeKeys: readonly NodeKey[]
  /** For `--database`; holds the password. */
  readonly databaseUrl: string
  /** The end of what each program printed, for a test that failed. */
  outputs(): string
  stop(): Promise<void>
}

const numbers = [1, 2, 3] as const
export const nodePort = 7240
export const gatewayPort = 7241

/** Resolves when everything is up, and PostgreSQL has a synchronous standby. */
export async function startInfrastructure(): Promise<Infrastructure> {
  const python = await installPatroni()
  const folder = mkdtempSync(join(tmpdir(), 'opensag-cluster-'))
  // PostgreSQL's user passes through it to its own folders.
  chmodSync(folder, 0o711)
  const named = (name: string): readonly string[] => numbers.map((number) => `${name}${number}`)
  const network = await startNetwork(['edge', ...named('node'), ...named('bus'), 'db1', 'db2', ...named('etcd')])
  const machine = (name: string): Machine => network.machines[name] as Machine
  const services: Service[] = []

  async function stop(): Promise<void> {
    await network.stop()
    rmSync(folder, { recursive: true, force: true })
  }

  function outputs(): string {
    return services.map((one) => `== ${one.name} (runs: ${one.isRunning()})\n${one.output().slice(-3000)}`).join('\n')
  }

  try {
    const authority = createAuthority(folder)
    const nodeKeys = named('node').map((name) => createNodeKey(folder, name))
    const passwords = {
      database: newPassword(),
      superuser: newPassword(),
      replication: newPassword(),
      rewind: newPassword(),
      rest: newPassword(),
    }
    const busMachines = named('bus').map(machine)
    const bus = startBus({ folder, machines: busMachines, authority, keys: nodeKeys, routePassword: newPassword() })
    const databaseMachines = [machine('db1'), machine('db2')]
    const etcdMachines = named('etcd').map(machine)
    const database = startDatabase({ network, folder, python, etcdMachines, machines: databaseMachines, passwords })
    const nodeMachines = named('node').map(machine)
    const ways = nodeMachines.map((one) => databaseBalancer(folder, one, databaseMachines))
    const edgeMachine = machine('edge')
    const pair = authority.issue('edge', [edgeMachine.address])
    const nodes = nodeMachines.map(({ address }) => ({
      calls: `${address}:${nodePort}`,
      gateways: `${address}:${gatewayPort}`,
    }))
    const edge = edgeBalancer(folder, edgeMachine, pair, nodes)
    for (const one of [...ways, edge]) one.start()
    services.push(...bus.servers, ...database.etcd, ...database.servers, ...ways, edge)
    await bus.complete()
    await database.complete()
    const databaseUrl = `postgres://opensag:${passwords.database}@127.0.0.1:5000/opensag`
    return { folder, network, authority, database, bus, edge, nodeMachines, nodeKeys, databaseUrl, outputs, stop }
  } catch (error) {
    console.error(outputs())
    await stop()
    throw error
  }
}
