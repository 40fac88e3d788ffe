import type { Secret } from '@opensag/protocol'

// What points of presence ask about remote users. The channel carries it; neither knows the other.

export interface TunnelLogon {
  readonly instanceId: string
  readonly userName: string
  readonly password: Secret
  readonly terminal: string
  readonly source: string
}

export interface TunnelSession {
  readonly session: string
  /** Inside the tunnel; IPv4. */
  readonly address: string
  /** Kbit/s, either way. */
  readonly bandwidth: number
}

/** `pop`: the serial number of the point of presence that asks; it is told of its own sessions only. */
export interface TunnelUsers {
  /** Never rejects. `refused`: a code of docs/remote-access.md. `replaced`: a session of the account that has ended for this one. */
  logOn(
    pop: string,
    logon: TunnelLogon,
  ): Promise<{ readonly online: TunnelSession; readonly replaced: string | undefined } | { readonly refused: string }>
  /** Signs of life, with the bytes that each has carried since it began; absent: the pop does not count. Returns those that are over. */
  alive(pop: string, sessions: readonly string[], bytes?: readonly number[]): Promise<readonly string[]>
  logOff(pop: string, session: string, bytes?: number): Promise<void>
  /** How one of its sessions is now; undefined: it is over. */
  look(pop: string, session: string): Promise<Pick<TunnelSession, 'bandwidth'> | undefined>
}
