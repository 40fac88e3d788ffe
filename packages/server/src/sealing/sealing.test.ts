import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSealer } from './sealing.ts'

const sealer = createSealer(randomBytes(32))

test('a sealed secret opens again, in its own place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
      expect(sealer.open(sealer.seal(Secret.of(text), context), context).reveal()).toBe(text)
    }),
  )
})

test('it opens nowhere else, with no other key, and not when a bit of it changed', () => {
  const sealed = sealer.seal(Secret.of('value'), 'table/column/1')
  expect(() => sealer.open(sealed, 'table/column/2')).toThrow('does not open')
  expect(() => createSealer(randomBytes(32)).open(sealed, 'table/column/1')).toThrow('does not open')
  const bytes = Buffer.from(sealed, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => sealer.open(changed.toString('base64url'), 'table/column/1')).toThrow('does not open')
  }
  expect(() => sealer.open('', 'table/column/1')).toThrow('damaged')
})

test('the same secret never looks the same twice, and is not to be seen in it', () => {
  const seal = (): string => sealer.seal(Secret.of('value'), 'a')
  expect(seal()).not.toBe(seal())
  expect(Buffer.from(seal(), 'base64url').includes('value')).toBe(false)
})

test('a master key of another length is refused', () => {
  expect(() => createSealer(randomBytes(16))).toThrow('32 bytes')
})
