import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import type { Secret } from '@opensag/protocol'

/** What verifies the signatures of one access key. Made once per key, because importing costs more than a signature. */
export type SigningKeys = SecretKeys | PublicKey

export interface SecretKeys {
  readonly kind: 'secret'
  /** V1 signs with the secret and a `&` behind it, V3 with the secret as it is. */
  readonly v1: KeyObject
  readonly v3: KeyObject
}

export interface PublicKey {
  readonly kind: 'public'
  readonly rsa: KeyObject
}

export function secretKeys(secret: Secret): SecretKeys {
  return {
    kind: 'secret',
    v1: createSecretKey(`${secret.reveal()}&`, 'utf8'),
    v3: createSecretKey(secret.reveal(), 'utf8'),
  }
}

/** @param pem an RSA public key. */
export function publicKey(pem: string): PublicKey {
  return { kind: 'public', rsa: createPublicKey(pem) }
}
