import { readSetting, writeSetting } from './store/settings.ts'
import type { Store } from './store/store.ts'

/**
 * The clock of orders, activation and expiry: the wall clock plus an offset that only a sandbox may move, and only
 * forward. Signatures, nonces and connections never follow it, so a client with a right clock is never shut out.
 */
export interface BusinessClock {
  now(): number
  /** Milliseconds it is ahead of the wall clock. */
  offset(): number
  advance(milliseconds: number): Promise<void>
}

const setting = 'business_clock_offset'

export async function openBusinessClock(store: Store, wallClock: () => number): Promise<BusinessClock> {
  const stored = await store.read((db) => readSetting(db, setting))
  let offset = stored === undefined ? 0 : Number(stored)
  if (!Number.isSafeInteger(offset)) throw new Error(`The setting ${setting} is damaged: ${stored}`)
  return {
    now: () => wallClock() + offset,
    offset: () => offset,
    async advance(milliseconds) {
      const next = offset + milliseconds
      await store.write((tx) => writeSetting(tx, setting, String(next)))
      offset = next
    },
  }
}
