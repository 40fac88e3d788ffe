import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'
import { createSealer } from './sealing.ts'

const [first, second] = [randomBytes(32), randomBytes(32)]
const secret = Secret.of('value')

test('after the ring turned it seals under the next key and opens both', () => {
  const ring = createKeyRing(first)
  const older = ring.seal(secret, 'a')
  ring.turnTo(second)
  const newer = ring.seal(secret, 'a')
  expect(createSealer(second).open(newer, 'a').reveal()).toBe('value')
  expect([older, newer].map((sealed) => ring.open(sealed, 'a').reveal())).toEqual(['value', 'value'])
})

test('a value under the older key is renewed once, and then opens without that key', () => {
  const ring = createKeyRing(first)
  const older = ring.seal(secret, 'a')
  expect(ring.renewed(older, 'a')).toBeUndefined()
  ring.turnTo(second)
  const renewed = String(ring.renewed(older, 'a'))
  expect(ring.renewed(renewed, 'a')).toBeUndefined()
  ring.forgetOlder()
  expect(ring.open(renewed, 'a').reveal()).toBe('value')
  expect(() => ring.open(older, 'a')).toThrow('does not open')
})

test('a value of a third key, or of another place, opens under neither', () => {
  const ring = createKeyRing(first)
  ring.turnTo(second)
  for (const sealed of [createSealer(randomBytes(32)).seal(secret, 'a'), ring.seal(secret, 'b')]) {
    expect(() => ring.open(sealed, 'a')).toThrow('does not open')
    expect(() => ring.renewed(sealed, 'a')).toThrow('does not open')
  }
})
