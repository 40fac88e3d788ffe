import { hash } from 'node:crypto'
import type { Reader, Writer } from '../store.ts'
import type { RamSecurityKeyChallengeTable } from './tables.ts'

/** Milliseconds a challenge can be answered for: long enough to find the key. */
export const challengeLifeMs = 300_000
/** Open challenges of one user: the oldest ends when there is another one. */
const mostOfUser = 10

/** As browsers take it, from the given source of random bytes. */
export function newChallenge(random: (bytes: number) => Buffer): string {
  return random(32).toString('base64url')
}

/** What a challenge is about: whoever answers it must say the same. */
export interface ChallengeSubject {
  readonly userId: string
  readonly purpose: RamSecurityKeyChallengeTable['purpose']
  /** The tag of the password of this logon, or the session that adds a key. */
  readonly basis: string
  /** Of the page that asks. */
  readonly origin: string
}

/** Challenges for security keys, inside one unit of work. They are rows, so that each counts once, at all nodes together. */
export class SecurityKeyChallenges {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** Deletes what is over, of every user. */
  async issue(challenge: string, { userId, purpose, basis, origin }: ChallengeSubject, now: number): Promise<void> {
    const db = this.#db as Writer
    await db.deleteFrom('ram_security_key_challenge').where('expires_at', '<=', now).execute()
    const open = await db
      .selectFrom('ram_security_key_challenge')
      .select('hash')
      .where('user_id', '=', userId)
      .orderBy('expires_at', 'desc')
      .orderBy('hash')
      .execute()
    const oldest = open.slice(mostOfUser - 1).map((row) => row.hash)
    if (oldest.length > 0) await db.deleteFrom('ram_security_key_challenge').where('hash', 'in', oldest).execute()
    await db
      .insertInto('ram_security_key_challenge')
      .values({
        ...{ hash: hashOf(challenge), user_id: userId, purpose, basis, origin, expires_at: now + challengeLifeMs },
      })
      .execute()
  }

  /** Uses a challenge up, whatever it was about. False when it was never issued for this, is over or was used before. */
  async spend(challenge: string, about: ChallengeSubject, now: number): Promise<boolean> {
    const found = await (this.#db as Writer)
      .deleteFrom('ram_security_key_challenge')
      .where('hash', '=', hashOf(challenge))
      .returningAll()
      .executeTakeFirst()
    if (found === undefined || found.expires_at <= now || found.user_id !== about.userId) return false
    return found.purpose === about.purpose && found.basis === about.basis && found.origin === about.origin
  }
}

/** Of every user: after a restore those that were used since would count again. */
export async function endAllChallenges(tx: Writer): Promise<void> {
  await tx.deleteFrom('ram_security_key_challenge').execute()
}

function hashOf(challenge: string): string {
  return hash('sha256', challenge, 'base64url')
}
