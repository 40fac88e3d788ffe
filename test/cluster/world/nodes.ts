import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../support/process.ts'
import { type Credentials, readCredentials } from '../../support/sandbox.ts'
import { limit, until } from '../../support/time.ts'
import { post } from '../calls/post.ts'
import { gatewayPort, type Infrastructure, nodePort } from './infrastructure.ts'
import { createService, type Service } from './service.ts'

export interface Nodes {
  readonly services: readonly Service[]
  /** Of each, for calls that do not pass the load balancer. */
  readonly urls: readonly string[]
  readonly dataFolders: readonly string[]
  readonly credentials: Credentials
  areReady(): Promise<boolean>
}

const program = join(root, 'packages/cli/bin/opensag.js')

/** Starts the first node, which makes the master key and the account, and then the others with that key. */
export async function startNodes(world: Infrastructure): Promise<Nodes> {
  const { folder, network, nodeMachines } = world
  const databaseFile = join(folder, 'database-url')
  writeFileSync(databaseFile, `${world.databaseUrl}\n`, { mode: 0o600 })
  const dataFolders = nodeMachines.map(({ name }) => join(folder, name))
  for (const data of dataFolders) mkdirSync(data, { mode: 0o700 })
  const services = nodeMachines.map((machine, index) =>
    createService({
      name: machine.name,
      machine,
      command: [
        process.execPath,
        program,
        'server',
        '--write-credentials',
        join(dataFolders[index] ?? '', 'credentials.json'),
      ],
      environment: {
        OPENSAG_DATA: dataFolders[index] ?? '',
        OPENSAG_HOST: machine.address,
        OPENSAG_PORT: String(nodePort),
        OPENSAG_GATEWAY_PORT: String(gatewayPort),
        // The load balancer, and this process for calls that do not pass it.
        OPENSAG_TRUSTED_PROXY: `${world.edge.machine.address},${network.hostAddress}`,
        OPENSAG_PUBLIC_URL: `https://${world.edge.machine.address}`,
        OPENSAG_DATABASE_FILE: databaseFile,
        OPENSAG_BUS: `tls://${world.bus.addresses.join(',')}`,
        OPENSAG_BUS_CA: world.authority.cert,
        OPENSAG_BUS_SEED_FILE: world.nodeKeys[index]?.seedFile ?? '',
        // Short, so that a lost connection costs the test seconds and no minutes.
        OPENSAG_HEARTBEAT: '2',
        OPENSAG_LOG_LEVEL: 'info',
      },
    }),
  )
  const urls = nodeMachines.map(({ address }) => `http://${address}:${nodePort}`)
  const isReady = async (url: string): Promise<boolean> => (await post(`${url}/readyz`, undefined)).status === 200

  const [first, ...others] = services
  first?.start()
  await until('the first node is ready', () => first?.isRunning() === false || isReady(urls[0] ?? ''), limit(60_000))
  if (first?.isRunning() !== true) throw new Error(`The first node ended: ${first?.output()}`)
  for (const data of dataFolders.slice(1))
    copyFileSync(join(dataFolders[0] ?? '', 'master.key'), join(data, 'master.key'))
  for (const other of others) other.start()
  const areReady = async (): Promise<boolean> => (await Promise.all(urls.map(isReady))).every(Boolean)
  await until('all nodes are ready', () => services.some((one) => !one.isRunning()) || areReady(), limit(90_000))
  const ended = services.find((one) => !one.isRunning())
  if (ended !== undefined) throw new Error(`${ended.name} ended: ${ended.output()}`)
  return { services, urls, dataFolders, credentials: await readCredentials(dataFolders[0] ?? ''), areReady }
}
