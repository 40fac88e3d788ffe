import type { Logger } from 'pino'
import { inParts } from '../store/fleet/parts.ts'
import { countDefaultPasswords } from '../store/gateways/default-passwords.ts'
import type { Store } from '../store/store.ts'
import { keptCount } from './counted-gateways.ts'

/** Scrapers ask every few seconds; a walk along a hundred thousand gateways takes half a second of them. */
const everyMs = 30_000

export function countedDefaultPasswords(store: Store, logger: Logger): () => Promise<number | undefined> {
  const count = keptCount(() => countDefaultPasswords(inParts(store)), { everyMs, wallClock: Date.now })
  return async () => {
    try {
      return await count()
    } catch (err) {
      // The other metrics are what tells why.
      logger.warn({ err }, 'Gateways with a default password could not be counted')
      return undefined
    }
  }
}
