import { createHash } from 'node:crypto'
import type { IpsecConfig, Tunnel } from './ipsec.ts'
import type { ViciSection } from './vici-codec.ts'

/** What charon is to know of one tunnel. */
export interface Definition {
  readonly name: string
  /** Of the peer. */
  readonly identity: string
  /** Whether it is up to this side to begin. */
  readonly initiates: boolean
  /** The name of its CHILD_SA: another one when anything about the tunnel is another, so that a running SA tells what it was made by. */
  readonly child: string
  /** For `load-conn`. */
  readonly connection: ViciSection
}

/** Seconds of silence until a peer is asked whether it lives: by the one who will have to begin anew sooner. */
const dpd = { initiator: '2s', responder: '30s' }

/** Defines all tunnels of a configuration. What is the same as the last time is not made again: a pop has thousands. */
export function createDefinitions(): (config: IpsecConfig) => readonly Definition[] {
  let before: ReadonlyMap<string, Definition> = new Map()
  return (config) => {
    const { identity, address, wan, tunnels } = config
    const now = tunnels.map((tunnel): [string, Definition] => {
      const key = [identity, address, wan, tunnel.name, tunnel.identity, tunnel.endpoint, tunnel.address].join(' ')
      return [key, before.get(key) ?? definitionOf(config, tunnel)]
    })
    before = new Map(now)
    return now.map(([, definition]) => definition)
  }
}

/** One connection with one CHILD_SA, `/32` to `/32`: docs/network.md. */
export function definitionOf({ identity, address, wan }: IpsecConfig, tunnel: Tunnel): Definition {
  const initiates = tunnel.endpoint !== undefined
  const basis = {
    version: '2',
    // Otherwise every address of the LAN would be told to the peer.
    mobike: 'no',
    encap: 'yes',
    // The newer one counts: a peer that was cut off comes back before it is missed.
    unique: 'replace',
    keyingtries: '1',
    send_cert: 'always',
    dpd_delay: initiates ? dpd.initiator : dpd.responder,
    local_addrs: [wan],
    remote_addrs: tunnel.endpoint === undefined ? undefined : [tunnel.endpoint],
    proposals: ['aes128-sha256-x25519'],
    local: { auth: 'pubkey', id: identity },
    remote: { auth: 'pubkey', id: tunnel.identity },
  }
  const child = {
    local_ts: [`${address}/32`],
    remote_ts: [`${tunnel.address}/32`],
    esp_proposals: ['aes128gcm16-x25519'],
    // The agent begins, and begins anew (tunnel-plan.ts).
    start_action: 'none',
    close_action: 'none',
    dpd_action: 'clear',
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([basis, child]))
    .digest('hex')
    .slice(0, 16)
  const childName = `net-${digest}`
  return {
    name: tunnel.name,
    identity: tunnel.identity,
    initiates,
    child: childName,
    connection: { [tunnel.name]: { ...basis, children: { [childName]: child } } },
  }
}
