import { createHash, timingSafeEqual } from 'node:crypto'

export interface Session {
  /** Goes into every form of the session, so that no other page can send one. */
  readonly formToken: string
}

export interface Sessions {
  /** The cookie's value of a new session. */
  start(now: number): string
  /** The session of a cookie; being asked for keeps it alive. */
  find(cookie: string | undefined, now: number): Session | undefined
  end(cookie: string | undefined): void
  endAll(): void
  /** Counts `endAll`: who checked a password under one number may not start a session under another. */
  readonly generation: number
}

/** C: milliseconds; nothing is published. */
const idle = 15 * 60_000
const longest = 8 * 3_600_000
const maximum = 100

interface Kept extends Session {
  readonly startedAt: number
  readonly seenAt: number
}

/** Sessions live in memory only: a restart of the gateway ends them. */
export function createSessions(random: (bytes: number) => Buffer): Sessions {
  // By the hash of the cookie: the time a look-up takes says nothing of a cookie's value. Least recently seen first.
  const kept = new Map<string, Kept>()
  let generation = 0

  return {
    start(now) {
      const cookie = random(32).toString('base64url')
      kept.set(keyOf(cookie), { formToken: random(32).toString('base64url'), startedAt: now, seenAt: now })
      for (const oldest of kept.keys()) {
        if (kept.size <= maximum) break
        kept.delete(oldest)
      }
      return cookie
    },
    find(cookie, now) {
      if (cookie === undefined) return undefined
      const key = keyOf(cookie)
      const session = kept.get(key)
      if (session === undefined) return undefined
      kept.delete(key)
      if (now - session.seenAt >= idle || now - session.startedAt >= longest) return undefined
      kept.set(key, { ...session, seenAt: now })
      return session
    },
    end(cookie) {
      if (cookie !== undefined) kept.delete(keyOf(cookie))
    },
    endAll() {
      generation += 1
      kept.clear()
    },
    get generation() {
      return generation
    },
  }
}

export function isFormToken(session: Session, given: string): boolean {
  const expected = Buffer.from(session.formToken)
  const actual = Buffer.from(given)
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

function keyOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64')
}
