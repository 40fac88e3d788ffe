/** Bounds of the channel; docs/gateway-protocol.md explains each. Times are milliseconds. */
export interface ChannelSettings {
  /** From the first byte of a connection until it is ready. */
  readonly handshakeMs: number
  /** From the first byte of a connection until its proof has come. */
  readonly proveMs: number
  /** How often a gateway has to send; it is told so, and every connection is looked at that often. */
  readonly heartbeatMs: number
  /** After so many of those without a frame a gateway is gone. */
  readonly silentBeats: number
  readonly mostHandshakes: number
  /** Connections of one remote address whose proof is not accepted yet. */
  readonly mostUnproved: number
  /** Proofs that were refused or never came a remote address has before it has to wait. */
  readonly refusals: number
  /** So often it gets one back. */
  readonly refusalBackMs: number
  /** A second identity of one gateway is recorded at most so often. */
  readonly hackedEveryMs: number
  /** What gateways are told when the server stops. */
  readonly comeBackMs: number
  /** A configuration that could not be put in force is sent again after that. */
  readonly configRetryMs: number
  /** So long a gateway keeps a configuration that nobody has confirmed. */
  readonly configConfirmMs: number
  /** A journal entry older than this is nobody's any more. */
  readonly abandonedChangeMs: number
}

export const defaultSettings: ChannelSettings = {
  handshakeMs: 20_000,
  proveMs: 5000,
  heartbeatMs: 15_000,
  silentBeats: 3,
  mostHandshakes: 2000,
  mostUnproved: 64,
  refusals: 30,
  refusalBackMs: 2000,
  hackedEveryMs: 600_000,
  comeBackMs: 2000,
  configRetryMs: 60_000,
  configConfirmMs: 300_000,
  abandonedChangeMs: 600_000,
}
