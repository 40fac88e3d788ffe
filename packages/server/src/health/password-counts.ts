import type { Logger } from 'pino'
import { inParts } from '../store/fleet/parts.ts'
import { countPasswords, type PasswordCounts } from '../store/gateways/password-counts.ts'
import type { Store } from '../store/store.ts'
import { keptResult } from './kept-result.ts'

/** Scrapers ask every few seconds, and a walk along a hundred thousand gateways takes a while. */
const everyMs = 30_000

/** Undefined: they cannot be counted. */
export function watchedPasswords(
  store: Store,
  { logger, maxAgeMs }: { readonly logger: Logger; readonly maxAgeMs: number | undefined },
): () => Promise<PasswordCounts | undefined> {
  const walk = () => countPasswords(inParts(store), { now: Date.now(), maxAgeMs: maxAgeMs ?? Number.POSITIVE_INFINITY })
  const counts = keptResult(walk, { everyMs, wallClock: Date.now })
  return async () => {
    try {
      return await counts()
    } catch (err) {
      // The other metrics are what tells why.
      logger.warn({ err }, 'Gateways could not be counted by the state of their passwords')
      return undefined
    }
  }
}
