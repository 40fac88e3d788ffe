import { join } from 'node:path'
import type { RemoteAccessInstance } from '@opensag/protocol'
import { networkOf } from './pool.ts'

/** One SAG APP instance, as a pop serves it. */
export interface ServedInstance extends RemoteAccessInstance {
  /** Of its CCN, as `ip netns` names it. */
  readonly namespace: string
}

/** Clients of one instance at a time: as many as can be bought, and some that are just going. */
const mostClients = 2048
/** Seconds. */
const keysLastFor = 3600
/** Inside the tunnel: what OpenVPN adds fits a path of 1492 bytes. */
export const tunMtu = 1400

export interface ServerConfigOptions {
  /** Where `ca.pem`, `cert.pem` and `key.pem` are. */
  readonly credentials: string
  /** A Unix socket that this process listens on. */
  readonly management: string
  /** Where clients come in; IPv4. */
  readonly address: string
  /** Seconds until the keys of a client are renegotiated. */
  readonly renegotiateAfter?: number | undefined
  readonly pings?: Pings | undefined
}

/** How both ends of a tunnel find out that the other one is gone without a word. */
export interface Pings {
  readonly everySeconds: number
  /** Without any. This side waits twice as long. */
  readonly goneSeconds: number
}

const usualPings: Pings = { everySeconds: 10, goneSeconds: 30 }

/** The interface of an instance, and the one its uploads are shaped on. */
export function interfacesOf({ port }: Pick<RemoteAccessInstance, 'port'>): {
  readonly tun: string
  readonly ifb: string
} {
  return { tun: `app${port}`, ifb: `ifb${port}` }
}

/**
 * The configuration of the OpenVPN server of one instance. It sets up no addresses or routes: its interface goes into the
 * namespace of the CCN, which OpenVPN knows nothing of. Without this process, which decides who may come in, it ends.
 */
export function renderServerConfig(instance: RemoteAccessInstance, options: ServerConfigOptions): string {
  const first = networkOf(instance.pool[0] ?? '')
  const { credentials, management, address, renegotiateAfter = keysLastFor, pings = usualPings } = options
  return `${[
    'mode server',
    'tls-server',
    'proto udp4',
    `local ${address}`,
    `port ${instance.port}`,
    `dev ${interfacesOf(instance).tun}`,
    'dev-type tun',
    'topology subnet',
    `ifconfig ${first.gateway} ${first.mask}`,
    'ifconfig-noexec',
    'persist-tun',
    `tun-mtu ${tunMtu}`,
    'push "topology subnet"',
    `max-clients ${mostClients}`,
    `ca ${join(credentials, 'ca.pem')}`,
    `cert ${join(credentials, 'cert.pem')}`,
    `key ${join(credentials, 'key.pem')}`,
    'dh none',
    'tls-version-min 1.2',
    'data-ciphers AES-256-GCM:CHACHA20-POLY1305',
    // Passwords open it; certificates of clients there are none.
    'verify-client-cert none',
    'username-as-common-name',
    `management ${management} unix`,
    'management-client',
    'management-hold',
    'management-client-auth',
    // A token instead of the password at renegotiations; this process judges it (admission.ts).
    'auth-gen-token 0 external-auth',
    `reneg-sec ${renegotiateAfter}`,
    // OpenVPN refuses less than twice as long between renegotiations.
    `hand-window ${Math.min(60, Math.floor(renegotiateAfter / 2))}`,
    `keepalive ${pings.everySeconds} ${pings.goneSeconds}`,
    // Clients come back at once after a restart.
    'explicit-exit-notify 1',
    'verb 1',
  ].join('\n')}\n`
}

/** What one client is told, as lines of `client-auth`. */
export function renderClientConfig(
  { pool, dns = [] }: Pick<RemoteAccessInstance, 'pool' | 'dns'>,
  address: string,
  routes: readonly string[],
): readonly string[] {
  const block = pool.map(networkOf).find(({ has }) => has(address))
  if (block === undefined) throw new Error('The address is in no block of the pool.')
  return [
    `ifconfig-push ${address} ${block.mask}`,
    `push "route-gateway ${block.gateway}"`,
    ...routes.map((cidr) => {
      const { network, mask } = networkOf(cidr)
      return `push "route ${network} ${mask}"`
    }),
    ...dns.map((server) => `push "dhcp-option DNS ${server}"`),
  ]
}
