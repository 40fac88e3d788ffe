import { createHash } from 'node:crypto'

/** Browsers from which somebody has logged in. */
export interface KnownBrowsers {
  /** The value of a cookie for one that has just logged in. */
  remember(): string
  /** A name for it; undefined for a cookie that is not ours. */
  find(cookie: string | undefined): string | undefined
}

/** C: more people than log in at one gateway. */
const maximum = 100

/**
 * Such a browser waits for its own failures only, so that no number of strangers keeps its user out (OWASP calls it a device
 * cookie). It opens nothing. In memory: after a restart the code of the machine does the same.
 */
export function createKnownBrowsers(random: (bytes: number) => Buffer): KnownBrowsers {
  const kept = new Set<string>()
  const nameOf = (cookie: string): string => createHash('sha256').update(cookie).digest('base64')
  return {
    remember() {
      const cookie = random(32).toString('base64url')
      kept.add(nameOf(cookie))
      for (const oldest of kept) {
        if (kept.size <= maximum) break
        kept.delete(oldest)
      }
      return cookie
    },
    find(cookie) {
      const name = cookie === undefined ? undefined : nameOf(cookie)
      return name !== undefined && kept.has(name) ? name : undefined
    },
  }
}
