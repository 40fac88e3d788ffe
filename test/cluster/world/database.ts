import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresBin } from '../../postgres/server.ts'
import { root } from '../../support/process.ts'
import { limit, until } from '../../support/time.ts'
import { configure, type Values } from './configuration.ts'
import type { Machine, Network } from './network.ts'
import { createService, type Service } from './service.ts'

export interface Database {
  readonly etcd: readonly Service[]
  /** Patroni with its PostgreSQL. */
  readonly servers: readonly Service[]
  /** Undefined while there is none. */
  primary(): Promise<Service | undefined>
  /** The server that has every acknowledged commit, beside the primary; undefined while there is none. */
  synchronous(): Promise<Service | undefined>
  /** Whether a majority of the members is there, and all of them. */
  etcdComplete(): Promise<boolean>
  /** Resolves when both servers are there and synchronous. */
  complete(): Promise<void>
  /** Has the synchronous standby become the primary, as for maintenance. */
  switchOver(): Promise<void>
  /** Of the superuser, at one server. */
  superuserUrl(server: Service): string
}

export interface DatabaseOptions {
  readonly network: Network
  readonly folder: string
  readonly python: string
  readonly etcdMachines: readonly Machine[]
  readonly machines: readonly Machine[]
  readonly passwords: Passwords
}

export interface Passwords {
  readonly database: string
  readonly superuser: string
  readonly replication: string
  readonly rewind: string
  readonly rest: string
}

/** Seconds. Patroni 4 raises a ttl below 20 to 20; the launcher keeps this one, so that a fail-over costs the test 8 s. */
const timing = { TTL: 7, LOOP_WAIT: 1, RETRY_TIMEOUT: 3 }

export function startDatabase(options: DatabaseOptions): Database {
  const { folder, machines, etcdMachines, passwords } = options
  const owner = { uid: idOf('-u'), gid: idOf('-g') }
  const etcdAddresses = Object.fromEntries(etcdMachines.map(({ address }, index) => [`ETCD_${index + 1}`, address]))
  const etcd = etcdMachines.map((machine, index) => etcdMember(folder, machine, index + 1, etcdAddresses))
  for (const one of etcd) one.start()

  const passwordFile = join(folder, 'database-password')
  writeFileSync(passwordFile, passwords.database, { mode: 0o600 })
  const hook = join(folder, 'post-bootstrap.sh')
  copyFileSync(join(root, 'deploy/patroni/post-bootstrap.sh'), hook)
  chmodSync(hook, 0o755)
  const launcher = join(folder, 'patroni-with-short-ttl.py')
  copyFileSync(join(import.meta.dirname, 'patroni-with-short-ttl.py'), launcher)
  chmodSync(launcher, 0o644)
  chownSync(passwordFile, owner.uid, owner.gid)

  const servers = machines.map((machine, index) => {
    const own = join(folder, `postgres${index + 1}`)
    mkdirSync(own, { mode: 0o700 })
    const values: Values = {
      ...etcdAddresses,
      ...timing,
      POSTGRES_NAME: `postgres${index + 1}`,
      POSTGRES_ADDRESS: machine.address,
      POSTGRES_NETWORK: options.network.block,
      POSTGRES_BIN: postgresBin ?? '',
      POSTGRES_DATA: join(own, 'data'),
      POST_BOOTSTRAP: hook,
      RUN_FOLDER: own,
      SUPERUSER_PASSWORD: passwords.superuser,
      REPLICATION_PASSWORD: passwords.replication,
      REWIND_PASSWORD: passwords.rewind,
      REST_PASSWORD: passwords.rest,
      WATCHDOG: 'off',
    }
    const configuration = configure(own, 'patroni.yml', 'patroni/patroni.yml', values)
    for (const path of [own, configuration]) chownSync(path, owner.uid, owner.gid)
    return createService({
      name: `postgres${index + 1}`,
      machine,
      isWholeMachine: true,
      command: [
        ...['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', 'env', '-i', 'PATH=/usr/bin:/bin'],
        ...['LC_ALL=C.UTF-8', `HOME=${own}`, `OPENSAG_DATABASE_PASSWORD_FILE=${passwordFile}`],
        ...[options.python, launcher, configuration],
      ] as [string, ...string[]],
    })
  })
  for (const one of servers) one.start()

  async function whichSays(path: string): Promise<Service | undefined> {
    const answers = await Promise.all(servers.map(({ machine }) => isOk(`http://${machine.address}:8008/${path}`)))
    return servers[answers.indexOf(true)]
  }

  async function synchronous(): Promise<Service | undefined> {
    const [primary, found] = [await whichSays('primary'), await whichSays('sync')]
    // A standby that was just made the primary still calls itself synchronous for a moment.
    return primary === undefined || found === primary ? undefined : found
  }

  const etcdComplete = async (): Promise<boolean> => {
    const healthy = await Promise.all(etcd.map(({ machine }) => isOk(`http://${machine.address}:2379/health`)))
    return healthy.every(Boolean)
  }

  return {
    etcd,
    servers,
    primary: () => whichSays('primary'),
    synchronous,
    etcdComplete,
    async complete() {
      await until('etcd is complete', etcdComplete, limit(90_000))
      await until('PostgreSQL has a primary', () => whichSays('primary'), limit(90_000))
      await until(
        'PostgreSQL has a synchronous standby',
        async () => (await synchronous()) !== undefined,
        limit(120_000),
      )
    },
    async switchOver() {
      const [from, to] = [await whichSays('primary'), await synchronous()]
      if (from === undefined || to === undefined) throw new Error('There is no primary, or no synchronous standby.')
      const answer = await fetch(`http://${from.machine.address}:8008/switchover`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`patroni:${passwords.rest}`).toString('base64')}` },
        body: JSON.stringify({ leader: from.name, candidate: to.name }),
      })
      if (!answer.ok) throw new Error(`The switchover was refused: ${answer.status} ${await answer.text()}`)
    },
    superuserUrl: ({ machine }) => `postgres://postgres:${passwords.superuser}@${machine.address}:5432/opensag`,
  }
}

function etcdMember(folder: string, machine: Machine, number: number, addresses: Values): Service {
  const data = join(folder, `etcd${number}`)
  mkdirSync(data, { mode: 0o700 })
  const values = { ...addresses, ETCD_NAME: `etcd${number}`, ETCD_DATA: data, ETCD_ADDRESS: machine.address }
  const configuration = configure(folder, `etcd${number}.yml`, 'etcd/etcd.yml', values)
  return createService({ name: `etcd${number}`, machine, command: ['etcd', '--config-file', configuration] })
}

async function isOk(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(limit(1000)) })
    await answer.text()
    return answer.ok
  } catch {
    return false // down, frozen or cut off: asked again by whoever waits
  }
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
}
