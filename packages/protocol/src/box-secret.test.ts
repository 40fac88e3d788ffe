import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { type BoxSecretPurpose, openBoxSecret, sealBoxSecret } from './box-secret.ts'
import { createKeyPair } from './keys.ts'
import { Secret } from './secret.ts'
import { ProtocolError } from './wire.ts'

const gateway = createKeyPair('X25519', randomBytes)
const purpose: BoxSecretPurpose = { serial: 'sag00001', section: 'lan', name: 'key' }
const sealed = sealBoxSecret(gateway.publicKey, Secret.of('Correct-horse'), purpose, randomBytes)

test('a sealed secret opens with the key and for the purpose it was sealed for', () => {
  expect(openBoxSecret(gateway, sealed, purpose).reveal()).toBe('Correct-horse')
  expect(JSON.stringify(sealed)).not.toContain('Correct')
})

test.each([
  ['another gateway', { ...purpose, serial: 'sag00002' }],
  ['another section', { ...purpose, section: 'snat' as const }],
  ['another secret of the section', { ...purpose, name: 'password' }],
])('it does not open for %s', (_, other) => {
  expect(() => openBoxSecret(gateway, sealed, other)).toThrow(ProtocolError)
})

test('it does not open with another key', () => {
  expect(() => openBoxSecret(createKeyPair('X25519', randomBytes), sealed, purpose)).toThrow(ProtocolError)
})
