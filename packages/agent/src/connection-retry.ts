import type { Random } from '@opensag/protocol'

/** When to try again, in milliseconds; docs/gateway-protocol.md has the table. */
const firstMs = 1000
const mostMs = 60_000
const refusedMs = 300_000

/** After the nth failure in a row, from 0. Spread out, so that a fleet does not come back as one. */
export function afterFailure(failures: number, random: Random): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(failures, 16))
  return Math.round(full * (0.5 + 0.5 * fraction(random)))
}

/** Nothing will change by itself: somebody has to act. */
export function afterRefusal(random: Random): number {
  return Math.round(refusedMs * (0.75 + 0.5 * fraction(random)))
}

export function afterBeingSent(comeBackMs: number, random: Random): number {
  return Math.round(comeBackMs * (1 + 0.5 * fraction(random)))
}

function fraction(random: Random): number {
  return random(4).readUInt32BE() / 2 ** 32
}
