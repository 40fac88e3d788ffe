import { NoCommonProtocol, type Random, type RefusalCode, WrongServer } from '@opensag/protocol'
import { RefusedByServer } from './connection-ends.ts'

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

/** Undefined: it will pass. */
export function refusalOf(error: unknown): RefusalCode | 'WrongServer' | undefined {
  if (error instanceof RefusedByServer) return error.code
  if (error instanceof WrongServer) return 'WrongServer'
  return error instanceof NoCommonProtocol ? 'UnsupportedProtocol' : undefined
}
