import { spawnSync } from 'node:child_process'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { askOperator } from '../../../packages/cli/src/operator-client.ts'
import { whereIs } from '../../cluster/lack.ts'
import { createAuthority } from '../../cluster/world/secrets.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../../postgres/server.ts'
import { type NatsCluster, natsProgram, startNats } from '../../support/nats.ts'
import type { Running } from '../../support/process.ts'
import type { Programs } from '../../support/programs.ts'
import { type Credentials, operatorOf, readCredentials } from '../../support/sandbox.ts'
import { timeFactor } from '../../support/time.ts'
import { type Balancer, startBalancer } from './balancer.ts'

/** What is missing to run several nodes on this machine's loopback. */
export const lack: string | undefined =
  postgresBin === undefined ||
  natsProgram === undefined ||
  whereIs('haproxy') === undefined ||
  spawnSync('openssl', ['version']).status !== 0
    ? 'enable with: apt-get install -y postgresql nats-server haproxy openssl'
    : undefined

/** One node: its folder and its address stay when its program is exchanged. */
export interface Node {
  readonly name: string
  readonly data: string
  readonly url: string
  running(): Running
  /** Starts it with a program; resolves when it listens. `undefined`: the program of this checkout. */
  start(file?: string): Promise<void>
}

export interface Gateway {
  readonly serial: string
  readonly instance: string
  /** Of its local console, which tells what password it accepts; another one after each start. */
  console(): string
  /** Its agent with a program, on the disk that the one before has left. */
  start(file?: string): Promise<void>
  stop(): Promise<void>
}

export interface Site {
  readonly nodes: readonly Node[]
  readonly gateways: readonly Gateway[]
  readonly edge: Balancer
  readonly credentials: Credentials
  readonly databaseUrl: string
  /** The program of a node or a gateway, started beside the site. */
  serverArguments(data: string): readonly string[]
  close(): Promise<void>
}

export interface SiteOptions {
  readonly programs: Programs
  /** The program that nodes and gateways begin with. */
  readonly file: string
  readonly gateways: number
}

const nodeCount = 3

/** Three nodes on one PostgreSQL and three NATS servers behind HAProxy, and gateways that come through it. */
export async function openSite({ programs, file, gateways: count }: SiteOptions): Promise<Site> {
  const { run, newFolder } = programs
  const folder = await newFolder('rolling')
  let postgres: PostgresServer | undefined
  let nats: NatsCluster | undefined
  let edge: Balancer | undefined

  async function close(): Promise<void> {
    await edge?.stop()
    await nats?.stop()
    await postgres?.stop()
  }

  try {
    postgres = await startPostgres(postgresBin ?? '')
    nats = await startNats(natsProgram ?? '')
    const bus = nats
    const { url: databaseUrl } = await postgres.newDatabase()
    const serverArguments = (data: string): readonly string[] => [
      ...['server', '--data', data, '--database', databaseUrl, '--bus', bus.setting],
      ...['--bus-seed-file', bus.seedFile, '--bus-ca', bus.caFile, '--trusted-proxy', '127.0.0.1'],
      // HAProxy looks each second, and believes two failures.
      ...['--drain-delay', String(Math.min(10, Math.ceil(3 * timeFactor()))), '--drain-within', '5'],
      ...['--heartbeat', '2', '--log-level', 'info'],
    ]

    async function openNode(index: number): Promise<Node> {
      const name = `node${index + 1}`
      const data = await newFolder(name)
      // An address that no connection begins at: its port is free for the next program.
      const host = `127.0.0.${index + 2}`
      let url = ''
      let running: Running | undefined
      return {
        name,
        data,
        get url() {
          return url
        },
        running() {
          if (running === undefined) throw new Error(`${name} has not been started.`)
          return running
        },
        async start(program) {
          const port = url === '' ? '0' : new URL(url).port
          const place = ['--host', host, '--port', port, '--write-credentials', join(data, 'credentials.json')]
          running = run([...serverArguments(data), ...place], program)
          url = (await running.printed(/listens on (http:\S+)/))[1] ?? ''
        },
      }
    }

    const nodes = await Promise.all(Array.from({ length: nodeCount }, (_, index) => openNode(index)))
    const [first, ...others] = nodes as [Node, ...Node[]]
    await first.start(file)
    for (const { data } of others) await copyFile(join(first.data, 'master.key'), join(data, 'master.key'))
    await Promise.all(others.map((other) => other.start(file)))
    const authority = createAuthority(folder)
    const addresses = nodes.map(({ url }) => new URL(url).host)
    edge = await startBalancer(folder, authority, addresses)
    const { address } = edge

    async function openGateway(index: number): Promise<Gateway> {
      const serial = `sagroll${String(index).padStart(5, '0')}`
      const { data } = nodes[index % nodes.length] ?? first
      const wanted = { name: `branch-${index}`, model: 'sag-1000', cidr: [`10.0.${index}.0/24`], serial }
      const asked = { ...wanted, server: `wss://${address}` }
      const added = (await askOperator(data, 'gateway add', asked)) as {
        readonly instanceId: string
        readonly enrolmentKey: string
      }
      const box = await newFolder(`gateway${index}`)
      const keyFile = join(box, 'enrolment-key')
      await writeFile(keyFile, `${added.enrolmentKey}\n`, { mode: 0o600 })
      let agent: Running | undefined
      let console = ''
      return {
        serial,
        instance: added.instanceId,
        console: () => console,
        async start(program) {
          const server = ['--server', `wss://${address}/channel`, '--ca', authority.cert]
          const place = ['--serial', serial, '--data', join(box, 'data'), '--console', '127.0.0.1:0']
          agent = run(['agent', ...server, ...place, '--enrolment-key-file', keyFile, '--log-level', 'warn'], program)
          console = (await agent.printed(/Local console: (http:\S+)/))[1] ?? ''
        },
        stop: async () => void (await agent?.stop()),
      }
    }

    const gateways: Gateway[] = []
    for (let index = 0; index < count; index++) gateways.push(await openGateway(index))
    await Promise.all(gateways.map((gateway) => gateway.start(file)))
    const { device } = operatorOf(first.data)
    for (const { serial } of gateways) await device(serial)
    const credentials = await readCredentials(first.data)
    return { nodes, gateways, edge, credentials, databaseUrl, serverArguments, close }
  } catch (error) {
    await close()
    throw error
  }
}
