import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Curve, createKeyPair, isSignedBy, keyPairFrom, signWith } from './keys.ts'
import { Secret } from './secret.ts'

const prefixes: Readonly<Record<Curve, string>> = {
  Ed25519: '302e020100300506032b657004220420',
  X25519: '302e020100300506032b656e04220420',
}

test.each(['Ed25519', 'X25519'] as const)('a pair of %s has the public key that PKCS #8 gives', (curve) => {
  for (let index = 0; index < 20; index++) {
    const pair = createKeyPair(curve, randomBytes)
    const key = Buffer.concat([Buffer.from(prefixes[curve], 'hex'), Buffer.from(pair.secret.reveal(), 'base64url')])
    const other = createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }))
    expect(pair.publicKey).toBe(other.export({ format: 'jwk' }).x)
  }
})

test('what a pair signs is signed by it and by no other', () => {
  const [own, other] = [createKeyPair('Ed25519', randomBytes), createKeyPair('Ed25519', randomBytes)]
  const signature = signWith(own, Buffer.from('a message'))
  expect(isSignedBy(own.publicKey, Buffer.from('a message'), signature)).toBe(true)
  expect(isSignedBy(other.publicKey, Buffer.from('a message'), signature)).toBe(false)
})

test('a private key of another length is refused', () => {
  expect(() => keyPairFrom('X25519', Secret.of(Buffer.alloc(31).toString('base64url')))).toThrow(RangeError)
})
