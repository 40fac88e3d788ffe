import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIds } from './ids.ts'

const source = fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => {
  let at = 0
  // Ends in a byte that every alphabet accepts, or drawing from a hopeless source would never end.
  return (size: number): Uint8Array =>
    Uint8Array.from({ length: size }, () => (at < bytes.length ? (bytes[at++] ?? 0) : at++ % 7))
})

test('have the forms of the wire, whatever the source of chance says', () => {
  fc.assert(
    fc.property(source, (random) => {
      const ids = createIds(random)
      expect(ids.instance()).toMatch(/^sag-[a-z0-9]{18}$/)
      expect(ids.order()).toMatch(/^[1-9]\d{14}$/)
      expect(ids.vcpeSerial()).toMatch(/^sag[a-z0-9]{12}$/)
      expect(ids.secretKey().reveal()).toMatch(/^[a-z0-9]{32}$/)
      expect(ids.userPassword().reveal()).toMatch(/^[a-zA-Z][a-zA-Z2-9]{15}$/)
      expect(ids.enterpriseCode()).toMatch(/^[a-z]{3}[0-9]{2}$/)
      expect(ids.principal()).toMatch(/^[23]\d{17}$/)
      expect(ids.accessKeyPair().accessKeyId).toMatch(/^LTAI5t[A-Za-z0-9]{18}$/)
    }),
  )
})

test('every character is equally likely', () => {
  // Each byte value once, per 256 bytes: any preference would come from how they are used.
  let next = 0
  const ids = createIds((size) => Uint8Array.from({ length: size }, () => next++ % 256))
  const counts = new Map<string, number>()
  for (let drawn = 0; drawn < 36 * 7 * 32; drawn += 32) {
    for (const character of ids.secretKey().reveal()) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  expect(counts.size).toBe(36)
  expect(new Set(counts.values()).size).toBe(1)
})

test('do not repeat', () => {
  const ids = createIds(randomBytes)
  expect(new Set(Array.from({ length: 1000 }, () => ids.instance())).size).toBe(1000)
})
