import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject, sign, verify } from 'node:crypto'
import { Secret } from './secret.ts'
import type { Random } from './time-and-chance.ts'

/** Ed25519 signs, X25519 agrees. Keys are 32 bytes; public ones travel as base64url. */
export type Curve = 'Ed25519' | 'X25519'

export interface KeyPair {
  readonly curve: Curve
  readonly publicKey: string
  /** The 32 private bytes, base64url, for a disk. */
  readonly secret: Secret
  readonly privateKey: KeyObject
}

const keyBytes = 32
/** What comes before the 32 bytes of a private key in PKCS #8. */
const privatePrefix: Readonly<Record<Curve, Buffer>> = {
  Ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  X25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
}

export function createKeyPair(curve: Curve, random: Random): KeyPair {
  return keyPairFrom(curve, Secret.of(random(keyBytes).toString('base64url')))
}

/** @throws RangeError when it is not the 32 bytes of a private key. */
export function keyPairFrom(curve: Curve, secret: Secret): KeyPair {
  const bytes = Buffer.from(secret.reveal(), 'base64url')
  if (bytes.length !== keyBytes) throw new RangeError('A private key has 32 bytes.')
  const privateKey = quickly(curve, bytes) ?? fromDer(curve, bytes)
  const publicKey = publicKeyOf(privateKey)
  if (publicKey === undefined) throw new Error('The platform does not export public keys.')
  return { curve, publicKey, secret, privateKey }
}

function publicKeyOf(privateKey: KeyObject): string | undefined {
  return createPublicKey(privateKey).export({ format: 'jwk' }).x
}

const noPublicKey = Buffer.alloc(keyBytes).toString('base64url')

/**
 * Node takes a private JWK at a ninth of the price of PKCS #8, and derives the public half itself. Undefined where it
 * would look at the one that is given, or rely on it.
 */
function quickly(curve: Curve, bytes: Buffer): KeyObject | undefined {
  try {
    const key = { kty: 'OKP', crv: curve, x: noPublicKey, d: bytes.toString('base64url') }
    const privateKey = createPrivateKey({ key, format: 'jwk' })
    return publicKeyOf(privateKey) === noPublicKey ? undefined : privateKey
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

function fromDer(curve: Curve, bytes: Buffer): KeyObject {
  const key = Buffer.concat([privatePrefix[curve], bytes])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

function publicKeyFrom(curve: Curve, x: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x }, format: 'jwk' })
}

export function signWith(key: KeyPair, message: Buffer): string {
  return sign(null, message, key.privateKey).toString('base64url')
}

/** A key or signature that is not even one is simply not right: both come from the other side. */
export function isSignedBy(publicKey: string, message: Buffer, signature: string): boolean {
  try {
    return verify(null, message, publicKeyFrom('Ed25519', publicKey), Buffer.from(signature, 'base64url'))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** @throws when the other side's key is none, or one of those that agree on nothing (all zero). */
export function agree(own: KeyPair, otherPublicKey: string): Buffer {
  return diffieHellman({ privateKey: own.privateKey, publicKey: publicKeyFrom('X25519', otherPublicKey) })
}
