import type { Timers } from '@opensag/protocol'
import type { ConnectionHost } from './connection.ts'
import type { ServerLink } from './handshake.ts'
import type { GatewayConnections } from './held-gateways.ts'
import type { ChannelSettings } from './settings.ts'

/** What becomes of a connection, for whoever let it in. */
export interface Visit {
  /** A proof came; what it is worth is still to be seen. */
  onProof(): void
  /** A gateway proved itself, not somebody who was refused or is over. */
  onKnown(): void
  /** Its proof was accepted, or it is over. May be called again. */
  onAdmitted(): void
  /** Its proof was not accepted, or never came. */
  onRefused(): void
  /** Its handshake is over, one way or the other. May be called again. */
  onReady(): void
}

/** What all connections of a node have in common. */
export interface Arrivals {
  readonly held: GatewayConnections
  readonly timers: Timers
  readonly settings: Pick<ChannelSettings, 'handshakeMs' | 'proveMs'>
  mayCome(serial: string): boolean
}

interface Handshake {
  readonly visit: Visit | undefined
  readonly cancelLimit: () => void
  readonly cancelProof: () => void
}

/** A connection that was let in. Once its gateway is ready nothing is kept of how it came. */
export class Arrival implements ConnectionHost {
  readonly link: ServerLink
  readonly address: string
  /** Heartbeats since something was heard of it. */
  silentBeats = 0
  private readonly arrivals: Arrivals
  private handshake: Handshake | undefined

  constructor(link: ServerLink, address: string, arrivals: Arrivals, visit: Visit | undefined) {
    const { timers, settings } = arrivals
    this.link = link
    this.address = address
    this.arrivals = arrivals
    this.handshake = {
      visit,
      cancelLimit: timers.after(settings.handshakeMs, () => link.end('The handshake took too long.')),
      cancelProof: timers.after(settings.proveMs, () => link.end('No proof came in time.')),
    }
  }

  get held(): GatewayConnections {
    return this.arrivals.held
  }

  mayCome(serial: string): boolean {
    return this.arrivals.mayCome(serial)
  }

  onProof(): void {
    this.handshake?.cancelProof()
    this.handshake?.visit?.onProof()
  }

  onAdmitted(): void {
    this.handshake?.visit?.onAdmitted()
    this.handshake?.visit?.onKnown()
  }

  onRefused(): void {
    this.handshake?.visit?.onRefused()
  }

  onReady(): void {
    this.handshake?.visit?.onReady()
    this.handshake?.cancelLimit()
    this.handshake = undefined
  }

  /** It has ended. What it was refused for may still be said. */
  over(): void {
    const { handshake } = this
    if (handshake === undefined) return
    handshake.cancelProof()
    handshake.visit?.onAdmitted()
    handshake.visit?.onReady()
    handshake.cancelLimit()
  }
}
