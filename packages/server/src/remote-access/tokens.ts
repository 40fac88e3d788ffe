import { createHash } from 'node:crypto'
import { type Random, Secret } from '@opensag/protocol'

const tokenBytes = 32

/** What opens a session. */
export function newToken(random: Random): Secret {
  return Secret.of(random(tokenBytes).toString('base64url'))
}

/** What the store holds of it. A fast hash will do: nobody guesses 32 random bytes. */
export function hashOfToken(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('base64url')
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): Secret | undefined {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(header ?? '')?.[1]
  return token === undefined ? undefined : Secret.of(token)
}
