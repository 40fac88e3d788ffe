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
  /** Handshakes under way at once; who comes then is told when to come back. */
  readonly handshakesAtOnce: number
  /** Handshakes that begin in a second, in the long run. */
  readonly handshakesPerSecond: number
  /** So often a gateway may connect at once, and then again each time as many milliseconds have passed. */
  readonly comings: number
  readonly comingBackMs: number
  /** Frames one gateway may send at once, and how many milliseconds give one back. */
  readonly frames: number
  readonly frameBackMs: number
  /** Reports of one gateway that are written at once, and how many milliseconds give one back; the newest counts. */
  readonly reports: number
  readonly reportBackMs: number
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
  /** Within that time they go to other nodes then; 0 where there are none. */
  readonly moveWithinMs: number
  /** A configuration that could not be put in force is sent again after that. */
  readonly configRetryMs: number
  /** So long a gateway keeps a configuration that nobody has confirmed. */
  readonly configConfirmMs: number
  /** How often a node looks for what other nodes have left behind. */
  readonly sweepMs: number
}

export const defaultSettings: ChannelSettings = {
  handshakeMs: 20_000,
  proveMs: 5000,
  heartbeatMs: 15_000,
  silentBeats: 3,
  handshakesAtOnce: 128,
  handshakesPerSecond: 450,
  comings: 60,
  comingBackMs: 1000,
  frames: 1000,
  frameBackMs: 5,
  reports: 30,
  reportBackMs: 1000,
  mostUnproved: 64,
  refusals: 30,
  refusalBackMs: 2000,
  hackedEveryMs: 600_000,
  comeBackMs: 2000,
  moveWithinMs: 0,
  configRetryMs: 60_000,
  configConfirmMs: 300_000,
  sweepMs: 60_000,
}

/** A gateway waits 1 to 1.5 times as long as it is told. */
const gatewaysWait = 1.25

/**
 * Over how many milliseconds the gateways of a server that stops are told to come back: as many a second come as can be
 * let in.
 */
export function spreadOf(
  gateways: number,
  { handshakesPerSecond }: Pick<ChannelSettings, 'handshakesPerSecond'>,
): number {
  return (gateways * 1000) / handshakesPerSecond / gatewaysWait
}
