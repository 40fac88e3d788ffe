import { appendNonce, forgetExpired, nonceHash } from '../access/nonces.ts'
import type { Burn, Nonce } from '../store.ts'
import type { SqliteConnection } from './driver.ts'
import type { GroupCommit } from './group-commit.ts'

export interface NonceMemory {
  burn(nonce: Nonce): Burn
  forget(now: number): Promise<number>
}

/**
 * Tells used nonces from fresh ones in memory, about a hundred bytes each; the table carries them over a restart.
 * There is no index on it: hashes fall anywhere, so nearly every nonce would write a page of the index of its own.
 */
export function createNonceMemory(connection: SqliteConnection, commits: GroupCommit): NonceMemory {
  const stored = connection.prepare('select hash from nonce').all([]) as readonly { readonly hash: string }[]
  const used = new Set(stored.map(({ hash }) => hash))

  return {
    burn(nonce) {
      const hash = nonceHash(nonce)
      // The first use may be about to be committed, and the refusal rests on it.
      if (used.has(hash)) return { fresh: false, durable: commits.write(async () => {}, { single: true }) }
      used.add(hash)
      const durable = commits.write((tx) => appendNonce(tx, hash, nonce.expiresAt), { single: true })
      // Also when storing it fails: part of what the request asked for may have been done by then.
      return { fresh: true, durable }
    },
    async forget(now) {
      const forgotten = await commits.write((tx) => forgetExpired(tx, now))
      for (const hash of forgotten) used.delete(hash)
      return forgotten.length
    },
  }
}
