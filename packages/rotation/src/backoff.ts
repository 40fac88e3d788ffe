export interface Backoff {
  readonly firstMs: number
  readonly longestMs: number
}

/**
 * How long to wait before the next attempt, milliseconds: twice as long each time, at random in the upper half of it, so that
 * gateways refused together do not come back together. What the service asks for (`x-acs-retry-after`) is the least.
 * @param chance from 0 up to 1
 */
export function pauseBefore(
  { firstMs, longestMs }: Backoff,
  { attempt, chance, askedMs = 0 }: { readonly attempt: number; readonly chance: number; readonly askedMs?: number },
): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 30))
  return Math.round(Math.max(Math.min(askedMs, mostAskedMs), full / 2 + (full / 2) * chance))
}

/** The published SDKs wait no longer than this, whatever they are asked for. */
const mostAskedMs = 120_000
