import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMutex, type Random, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { describeLacks, lacksOf, type Needs } from '../machine.ts'
import type { LogOns } from './log-ons.ts'
import type { TunnelServer } from './served.ts'
import { type Pings, renderServerConfig, type ServedInstance } from './server-config.ts'
import { openTunnelServer } from './tunnel-server.ts'

/** The remote users of a point of presence, carried by OpenVPN (docs/remote-access.md). */
export interface RemoteAccess {
  /** Ends what is not among these: before the namespaces of CCNs that are gone are taken away. */
  withdraw(instances: readonly ServedInstance[]): Promise<void>
  /**
   * Serves these instances and no others. One that is the same as before is not touched, nor one with other DNS servers: who
   * logs on from now on is told those. One with other values starts anew.
   * Their namespaces exist. Resolves without a certificate or an address too: OpenVPN starts when there are both.
   * @throws when OpenVPN is missing, with the command that installs it
   */
  apply(instances: readonly ServedInstance[]): Promise<void>
  /** What clients are shown: the certificate of the pop. */
  certified(leaf: ServerLeaf): Promise<void>
  /** The machine has another address, or one at last: clients come in there. */
  moved(): Promise<void>
  close(): Promise<void>
}

/** DER; the key is PKCS #8. */
export interface ServerLeaf {
  readonly authority: Buffer
  readonly certificate: Buffer
  readonly key: Buffer
}

export interface RemoteAccessOptions {
  /** A folder of its own, not on a disk (`/run/opensag/openvpn`): made when missing. */
  readonly folder: string
  /** Where clients come in; IPv4. Undefined: nowhere yet. */
  readonly address: () => Promise<string | undefined>
  /** The network that clients come in by, as `ip netns` names it; absent: that of this process. */
  readonly home?: string | undefined
  readonly logOns: LogOns
  /** Seconds until the keys of a client are renegotiated. */
  readonly renegotiateAfter?: number
  readonly pings?: Pings
  readonly random: Random
  readonly timers: Timers
  readonly logger: Logger
}

const needs: Needs = { programs: ['ip', 'openvpn', 'tc'], capabilities: ['CAP_NET_ADMIN'], kernel: ['htb'] }

export async function openRemoteAccess(options: RemoteAccessOptions): Promise<RemoteAccess> {
  const { folder, logOns } = options
  const exclusive = createMutex()
  const servers = new Map<string, TunnelServer>()
  let wanted: readonly ServedInstance[] = []
  let isCertified = false
  /** Where those that run listen. */
  let address: string | undefined
  await mkdir(folder, { recursive: true, mode: 0o700 })

  logOns.onNews((news) => {
    for (const server of servers.values()) server.news(news)
  })
  logOns.keepAlive(async () => (await Promise.all([...servers.values()].map((server) => server.sessions()))).flat())

  async function withdraw(): Promise<void> {
    const gone: string[] = []
    for (const [id, server] of servers) {
      const same = wanted.find((instance) => isSame(instance, server.instance))
      if (same === undefined) gone.push(id)
      else server.renew(same)
    }
    await end(gone)
  }

  async function settle(): Promise<void> {
    await withdraw()
    const found = await options.address()
    // Without one those that run may go on when it is back.
    if (!isCertified || found === undefined) return
    if (found !== address) await end([...servers.keys()])
    address = found
    for (const instance of wanted) {
      if (!servers.has(instance.instance)) servers.set(instance.instance, await open(instance, found))
    }
  }

  async function end(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const server = servers.get(id)
      servers.delete(id)
      await server?.close()
    }
  }

  async function open(instance: ServedInstance, address: string): Promise<TunnelServer> {
    const name = `openvpn-${instance.port}`
    const configFile = join(folder, `${name}.conf`)
    const managementPath = join(folder, `${name}.sock`)
    const { renegotiateAfter, pings } = options
    const given = { credentials: folder, management: managementPath, address, renegotiateAfter, pings }
    await writeFile(configFile, renderServerConfig(instance, given), { mode: 0o600 })
    return openTunnelServer({ ...options, instance, configFile, managementPath })
  }

  async function put(name: string, text: string): Promise<void> {
    const path = join(folder, name)
    await writeFile(`${path}.new`, text, { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  return {
    withdraw(instances) {
      wanted = instances
      return exclusive(withdraw)
    },
    async apply(instances) {
      const lacks = instances.length === 0 ? [] : await lacksOf(needs)
      if (lacks.length > 0) throw new Error(`This machine cannot serve remote users:\n${describeLacks(lacks)}`)
      wanted = instances
      await exclusive(settle)
    },
    certified: ({ authority, certificate, key }) =>
      exclusive(async () => {
        await put('ca.pem', pem('CERTIFICATE', authority))
        await put('cert.pem', pem('CERTIFICATE', certificate))
        await put('key.pem', pem('PRIVATE KEY', key))
        isCertified = true
        for (const server of servers.values()) server.reloadCredentials()
        await settle()
      }),
    moved: () => exclusive(settle),
    async close() {
      wanted = []
      await exclusive(withdraw)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** What the server of an instance was started with; its DNS servers are told to each client at its log-on. */
function isSame(one: ServedInstance, other: ServedInstance): boolean {
  return (
    one.instance === other.instance &&
    one.namespace === other.namespace &&
    one.port === other.port &&
    one.pool.join() === other.pool.join()
  )
}
