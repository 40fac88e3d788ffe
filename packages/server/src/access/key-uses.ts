import type { Logger } from 'pino'
import { createRecentlyUsed } from '../recently-used.ts'
import { RamAccessKeys } from '../store/access/access-keys.ts'
import { ConsoleSessions } from '../store/access/console-sessions.ts'
import type { Store } from '../store/store.ts'

/** How exact the last use of a key is kept. */
const exactness = 60_000
/** How long a use may stay in memory before it is written. */
const everyMs = 10_000
/** Keys that are written in one commit. */
const batch = 200
/** Keys whose last note is remembered; beyond it the oldest is noted again, which costs a write and is right. */
const mostRemembered = 10_000

export interface KeyUses {
  /** Notes a use of a lasting key; waits for nothing. */
  note(accessKeyId: string): void
  /** Writes what has been noted and stops. */
  close(): Promise<void>
}

/**
 * Keeps when each access key and each session of the console was last used, to the minute. No request waits for it: uses gather in memory, one entry a
 * key, and are written together. What a crash loses of it is less than the time between two writes.
 */
export function startKeyUses(store: Store, now: () => number, logger: Logger): KeyUses {
  const noted = createRecentlyUsed<string, number>(mostRemembered)
  const waiting = new Map<string, number>()
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    while (waiting.size > 0) {
      const uses = [...waiting].slice(0, batch)
      for (const [id] of uses) waiting.delete(id)
      await store.write(async (tx) => {
        const keys = new RamAccessKeys(tx)
        const sessions = new ConsoleSessions(tx)
        for (const [id, at] of uses) await (id.startsWith('STS.') ? sessions : keys).touch(id, at)
      })
    }
  }

  function flush(): Promise<void> {
    writing ??= write()
      // The next use of each key is noted again within the minute.
      .catch((error) => logger.error({ err: error }, 'noting when keys were used failed'))
      .finally(() => {
        writing = undefined
      })
    return writing
  }
  const timer = setInterval(() => void flush(), everyMs)
  timer.unref()

  return {
    note(accessKeyId) {
      const at = now()
      const last = noted.get(accessKeyId)
      if (last !== undefined && at - last < exactness) return
      noted.set(accessKeyId, at)
      waiting.set(accessKeyId, at)
    },
    async close() {
      clearInterval(timer)
      await flush()
      await flush()
    },
  }
}
