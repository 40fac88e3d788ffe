import type { Random, Timers, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Certification } from '../../connection-certification.ts'

/** The tunnels of this machine, carried by strongSwan (docs/network.md). */
export interface Ipsec {
  /** Who encrypts. With `user-space` packets in clear go through the TUN interface `ipsec0`, with `kernel` through the interface itself. */
  readonly esp: 'kernel' | 'user-space'
  /**
   * Wants these tunnels and no others; undefined: none, and no daemon. Resolves when strongSwan has taken the change, or will
   * as soon as there is a certificate: it never waits for the server or a peer. The same again changes nothing.
   * @throws when strongSwan did not take it
   */
  apply(config: IpsecConfig | undefined): Promise<void>
  /** In the order of the configuration. */
  states(): readonly TunnelState[]
  /** Called when a tunnel has come up or gone down. */
  onChange(listener: () => void): void
  /** Ends all tunnels and the daemon. */
  close(): Promise<void>
}

export interface IpsecConfig {
  /** `SERIAL.sag`, lower case. */
  readonly identity: string
  /** The tunnel address. Whoever calls has put it on `lo` before, as a /32. */
  readonly address: string
  /** The local address that tunnels go out from. */
  readonly wan: string
  readonly tunnels: readonly Tunnel[]
}

export interface Tunnel {
  /** Unique among the tunnels, `[a-z0-9-]{1,64}`. The same name with other values is a changed tunnel. */
  readonly name: string
  /** `SERIAL.sag` of the peer, lower case. */
  readonly identity: string
  /** Where the peer is; absent: the peer comes to us. Of two peers exactly one has it of the other. */
  readonly endpoint?: string | undefined
  /** The tunnel address of the peer. */
  readonly address: string
}

export interface TunnelState {
  readonly name: string
  readonly isUp: boolean
  /** Milliseconds since 1970: when it came up, or went down; what was never up: when it was first wanted. */
  readonly since: number
}

/** Asks for a certificate for a public key (SPKI, DER); may take as long as the server is away. */
export type Certify = Certification['certify']

export interface IpsecOptions {
  /** A folder of its own, not on a disk (`/run/opensag/ipsec`): made when missing. */
  readonly folder: string
  readonly certify: Certify
  readonly timers?: Timers
  readonly wallClock?: WallClock
  readonly random?: Random
  readonly logger: Logger
}

/**
 * Finds out what this machine has. The daemon runs only while tunnels are wanted.
 * @throws when strongSwan is missing, with the command that installs it
 */
export async function openIpsec(_options: IpsecOptions): Promise<Ipsec> {
  throw new Error('Not there yet.')
}

/** Takes away what a process that is gone has left: its daemon and the folder. Nothing of it there is no error. */
export async function removeIpsec(_folder: string): Promise<void> {
  throw new Error('Not there yet.')
}
