import { hash, verify } from '@node-rs/argon2'
import type { Secret } from '@opensag/protocol'

/** Argon2id (the library's default kind): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The hash of a remote user's password, with a salt of its own. Takes tens of milliseconds: never inside a unit of work. */
export function hashClientPassword(password: Secret): Promise<string> {
  return hash(password.revealBytes(), cost)
}

export function verifyClientPassword(passwordHash: string, password: Secret): Promise<boolean> {
  return verify(passwordHash, password.revealBytes())
}
