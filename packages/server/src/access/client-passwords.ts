import type { Random, Secret } from '@opensag/protocol'

/** Argon2id (the library's default kind): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Loaded for the first password: opening a native library is no part of a start. */
const argon2 = () => import('@node-rs/argon2')

/** The hash of a remote user's password, with a salt of its own. Takes tens of milliseconds: never inside a unit of work. */
export async function hashClientPassword(password: Secret): Promise<string> {
  const { hash } = await argon2()
  return hash(password.revealBytes(), cost)
}

/**
 * The form of such a hash, of no password at all: to verify one against it takes as long and is false. Made without hashing,
 * which a server would wait for at each start.
 */
export function nobodysHash(random: Random): string {
  const base64 = (bytes: number): string => Buffer.from(random(bytes)).toString('base64').replaceAll('=', '')
  const { memoryCost, timeCost, parallelism } = cost
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`
}

export async function verifyClientPassword(passwordHash: string, password: Secret): Promise<boolean> {
  const { verify } = await argon2()
  return verify(passwordHash, password.revealBytes())
}
