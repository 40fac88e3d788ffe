import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { nkeys } from '@nats-io/transport-node'
import { makeCertificate } from './certificate.ts'
import { limit, until } from './time.ts'

/** The program of Debian's package; undefined when it is not installed. */
export const natsProgram: string | undefined = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'nats-server'))
  .find(existsSync)

export interface NatsServer {
  /** `host:port`. */
  readonly address: string
  signal(signal: NodeJS.Signals): void
  /** Starts it again after it ended. */
  start(): Promise<void>
}

/** Servers of NATS that are one cluster, with TLS and one user who has an NKey. */
export interface NatsCluster {
  readonly servers: readonly NatsServer[]
  readonly caFile: string
  /** Readable by its owner only. */
  readonly seedFile: string
  readonly seed: Uint8Array
  /** As the setting `--bus` takes it. */
  readonly setting: string
  stop(): Promise<void>
}

export async function startNats(program: string, count = 3): Promise<NatsCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-nats-'))
  const { cert: certFile, key: keyFile } = makeCertificate(folder, '127.0.0.1')
  // It signs itself.
  const caFile = certFile
  const user = nkeys.createUser()
  const seed = user.getSeed()
  const seedFile = join(folder, 'seed')
  writeFileSync(seedFile, seed, { mode: 0o600 })
  const ports = await freePorts(3 * count)
  const routes = ports.slice(count, 2 * count).map((port) => `nats-route://route:routepw@127.0.0.1:${port}`)
  const tls = `cert_file: "${certFile}", key_file: "${keyFile}", ca_file: "${caFile}", timeout: 5`
  const servers = Array.from({ length: count }, (_, index) => {
    const [client = 0, route = 0, monitor = 0] = [ports[index], ports[count + index], ports[2 * count + index]]
    const file = join(folder, `n${index}.conf`)
    writeFileSync(
      file,
      `server_name: n${index}
listen: 127.0.0.1:${client}
http: 127.0.0.1:${monitor}
max_payload: 64KB
lame_duck_duration: "30s"
tls { ${tls} }
authorization { users: [ { nkey: ${user.getPublicKey()}, permissions: {
  publish: ["opensag.>", "_INBOX.>"], subscribe: ["opensag.>", "_INBOX.>"] } } ] }
cluster {
  name: opensag
  listen: 127.0.0.1:${route}
  no_advertise: true
  authorization { user: route, password: routepw, timeout: 5 }
  tls { ${tls}, verify: true }
  routes: [ ${routes.join(', ')} ]
}
`,
    )
    return natsServer(program, file, { client, monitor, others: count - 1 })
  })
  await Promise.all(servers.map((server) => server.start()))
  return {
    servers,
    caFile,
    seedFile,
    seed,
    setting: `tls://${servers.map(({ address }) => address).join()}`,
    async stop() {
      await Promise.all(servers.map((server) => server.end()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Ports {
  readonly client: number
  readonly monitor: number
  readonly others: number
}

function natsServer(
  program: string,
  file: string,
  { client, monitor, others }: Ports,
): NatsServer & { end(): Promise<void> } {
  let child: ChildProcess | undefined

  /** The others that run may be fewer than there are. */
  async function isUp(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${monitor}/routez`).catch(() => undefined)
    if (answer?.ok !== true) return false
    return ((await answer.json()) as { readonly num_routes: number }).num_routes >= others
  }

  return {
    address: `127.0.0.1:${client}`,
    signal: (signal) => void child?.kill(signal),
    async start() {
      child = spawn(program, ['-c', file], { stdio: 'ignore' })
      await until('the server of NATS is one of the cluster', isUp, limit(30_000))
    },
    async end() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGCONT')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** All at once, so that no two are the same. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(probes.map((probe) => once(probe, 'listening')))
  const ports = probes.map((probe) => (probe.address() as { readonly port: number }).port)
  await Promise.all(probes.map((probe) => new Promise((closed) => probe.close(closed))))
  return ports
}
