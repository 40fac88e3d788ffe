import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeyPair } from './keys.ts'
import { openPassword, sealPassword } from './sealed-password.ts'
import { Secret } from './secret.ts'
import { ProtocolError } from './wire.ts'

const gateway = createKeyPair('X25519', randomBytes)
const purpose = { serial: 'sag00001', changeId: 'change-1', generation: 7 }

test('a sealed password opens with the key and purpose it was sealed for', () => {
  const sealed = sealPassword(gateway.publicKey, Secret.of('Correct_horse_1'), purpose, randomBytes)
  expect(openPassword(gateway, sealed, purpose).reveal()).toBe('Correct_horse_1')
  expect(JSON.stringify(sealed)).not.toContain('Correct')
})

test.each([
  ['serial', { ...purpose, serial: 'sag00002' }],
  ['change', { ...purpose, changeId: 'change-2' }],
  ['generation', { ...purpose, generation: 8 }],
])('it does not open for another %s', (_, other) => {
  const sealed = sealPassword(gateway.publicKey, Secret.of('Correct_horse_1'), purpose, randomBytes)
  expect(() => openPassword(gateway, sealed, other)).toThrow(ProtocolError)
})

test('it does not open with another key, nor when it is damaged', () => {
  const sealed = sealPassword(gateway.publicKey, Secret.of('Correct_horse_1'), purpose, randomBytes)
  expect(() => openPassword(createKeyPair('X25519', randomBytes), sealed, purpose)).toThrow(ProtocolError)
  expect(() => openPassword(gateway, { ...sealed, ciphertext: 'AAAA' }, purpose)).toThrow(ProtocolError)
  expect(() => openPassword(gateway, { ...sealed, enc: 'A'.repeat(43) }, purpose)).toThrow(ProtocolError)
})
