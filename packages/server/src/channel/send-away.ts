import { pause, type Timers } from '@opensag/protocol'
import type { GatewayConnection } from './held-gateways.ts'
import { type ChannelSettings, spreadOf } from './settings.ts'

export interface SendAwayOptions {
  readonly settings: Pick<ChannelSettings, 'handshakesPerSecond' | 'comeBackMs' | 'moveWithinMs'>
  readonly timers: Timers
  /** From 0 up to 1. */
  readonly chance: () => number
}

/** Milliseconds between two looks whether a gateway has done with a password change. */
const lookMs = 50

/**
 * Tells all gateways of a server that stops to go. Resolves when the last has left.
 *
 * Where there are other nodes (`moveWithinMs` above 0) they leave one after another, at the pace at which the others can
 * let them in, so that each is away for a moment only, and one that is changing its password leaves when that is decided.
 * Where there is none, all leave at once: what is spread then is when they come back.
 */
export async function sendAway(
  gateways: readonly GatewayConnection[],
  { settings, timers, chance }: SendAwayOptions,
): Promise<void> {
  const spreadMs = spreadOf(gateways.length, settings)
  const { comeBackMs, moveWithinMs } = settings
  if (moveWithinMs === 0) {
    await Promise.all(gateways.map((gateway) => gateway.leave(comeBackMs + Math.round(spreadMs * chance()))))
    return
  }
  const overMs = Math.min(spreadMs, moveWithinMs)
  const deadline = timers.now() + moveWithinMs

  async function move(gateway: GatewayConnection, afterMs: number): Promise<void> {
    await pause(timers, afterMs)
    while (gateway.attended() !== undefined && timers.now() < deadline) await pause(timers, lookMs)
    await gateway.leave(0)
  }

  await Promise.all(gateways.map((gateway, index) => move(gateway, (overMs * index) / gateways.length)))
}

/** Milliseconds between two looks at the rows of gateways that have left. */
const rowsMs = 100
/** Milliseconds that the last of them has to come to another node, beyond the time in which all are sent away. */
const arriveMs = 2000

/**
 * Resolves when no row says any more that the gateways which were sent away are here: another node has each. At the latest when
 * the time in which they go, counted from `began`, is over. Until then they are not recorded as offline, for they are not: calls
 * about them are asked again.
 */
export async function untilMoved(
  countHere: () => Promise<number>,
  { moveWithinMs, began, timers }: { readonly moveWithinMs: number; readonly began: number; readonly timers: Timers },
): Promise<void> {
  const deadline = Math.max(began + moveWithinMs, timers.now() + arriveMs)
  while ((await countHere()) > 0 && timers.now() < deadline) {
    await pause(timers, rowsMs)
  }
}
