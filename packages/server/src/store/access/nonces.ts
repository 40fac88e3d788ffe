import { hash } from 'node:crypto'
import { compiledQuery } from '../compiled-query.ts'
import type { Nonce, Writer } from '../store.ts'

/** How many nonces one call of `forgetNonces` looks at: little enough to share a commit with requests. */
export const forgetBatch = 1000

/** 22 characters carry 132 bits: short, and beyond anyone's reach to collide. */
export function nonceHash({ accessKeyId, nonce }: Nonce): string {
  return hash('sha256', `${accessKeyId}\0${nonce}`, 'base64url').slice(0, 22)
}

const insert = compiledQuery((tx: Writer, given: { hash: string; expiresAt: number }) =>
  tx
    .insertInto('nonce')
    .values({ hash: given.hash, expires_at: given.expiresAt })
    .onConflict((conflict) => conflict.column('hash').doNothing()),
)

const append = compiledQuery((tx: Writer, given: { hash: string; expiresAt: number }) =>
  tx.insertInto('nonce').values({ hash: given.hash, expires_at: given.expiresAt }),
)

/** For a database that leaves it to its owner to know what was used before. */
export async function appendNonce(tx: Writer, hash: string, expiresAt: number): Promise<void> {
  await append(tx, { hash, expiresAt })
}

/** Resolves with false when this key has used this nonce before. */
export async function insertNonce(tx: Writer, nonce: Nonce): Promise<boolean> {
  const { numAffectedRows } = await insert(tx, { hash: nonceHash(nonce), expiresAt: nonce.expiresAt })
  return numAffectedRows === 1n
}

/**
 * Forgets what expired among the oldest nonces. They are stored in the order they came, so those that expire come
 * first; one that has still to expire keeps none behind it for longer than the spread of their life times.
 * Resolves with the hashes of those it forgot.
 */
export async function forgetExpired(tx: Writer, now: number): Promise<readonly string[]> {
  const oldest = tx.selectFrom('nonce').select(['id', 'expires_at']).orderBy('id').limit(forgetBatch).as('oldest')
  const expired = tx.selectFrom(oldest).select('oldest.id').where('oldest.expires_at', '<=', now)
  const forgotten = await tx.deleteFrom('nonce').where('id', 'in', expired).returning('hash').execute()
  return forgotten.map(({ hash }) => hash)
}
