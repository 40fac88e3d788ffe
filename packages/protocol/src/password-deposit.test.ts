import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeyPair } from './keys.ts'
import { openDeposit, sealDeposit } from './password-deposit.ts'
import { ProtocolError } from './wire.ts'

const purpose = { serial: 'sag00001', changeId: 'one', generation: 3 }
const sealing = createKeyPair('X25519', randomBytes)
const hash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA'

test('a deposit opens for the gateway and the change it was made for', () => {
  expect(openDeposit(sealing, sealDeposit(sealing, hash, purpose, randomBytes), purpose)).toBe(hash)
})

test('it opens for no other gateway and no other change, nor when it was altered', () => {
  const deposit = sealDeposit(sealing, hash, purpose, randomBytes)
  expect(() => openDeposit(createKeyPair('X25519', randomBytes), deposit, purpose)).toThrow(ProtocolError)
  expect(() => openDeposit(sealing, deposit, { ...purpose, generation: 4 })).toThrow(ProtocolError)
  expect(() => openDeposit(sealing, deposit, { ...purpose, changeId: 'two' })).toThrow(ProtocolError)
  expect(() => openDeposit(sealing, `${deposit[0] === 'A' ? 'B' : 'A'}${deposit.slice(1)}`, purpose)).toThrow()
  expect(() => openDeposit(sealing, 'AAAA', purpose)).toThrow(ProtocolError)
})

test('the hash cannot be read in it', () => {
  expect(Buffer.from(sealDeposit(sealing, hash, purpose, randomBytes), 'base64url').includes('argon')).toBe(false)
})
