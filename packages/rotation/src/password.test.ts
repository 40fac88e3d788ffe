import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { isLawfulPassword, makePassword } from './password.ts'

test.each([8, 24, 30])('a password of %i characters obeys the published rule', (length) => {
  for (let i = 0; i < 200; i++) {
    const password = makePassword(randomBytes, length)
    expect(password).toHaveLength(length)
    expect(isLawfulPassword(password)).toBe(true)
  }
})

test.each([7, 31, 8.5, Number.NaN])('a length of %d is refused', (length) => {
  expect(() => makePassword(randomBytes, length)).toThrow(RangeError)
})

test.each(['short_7', 'a'.repeat(31), 'has space 1', 'star*star1', 'Ünïcode_123', ''])('%j is not lawful', (text) => {
  expect(isLawfulPassword(text)).toBe(false)
})

test('every character of the rule is as likely as any other', () => {
  const counts = new Map<string, number>()
  const length = 30
  const rounds = 21_000
  for (let i = 0; i < rounds; i++) {
    for (const char of makePassword(randomBytes, length)) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  expect(counts.size).toBe(63)
  const mean = (rounds * length) / 63
  // Six standard deviations: one run in some ten million would fail by chance.
  for (const seen of counts.values()) expect(Math.abs(seen - mean)).toBeLessThan(6 * Math.sqrt(mean))
})

test('the 64th value of six bits is thrown again, not folded onto another character', () => {
  const bytes = [63, 255, 191, 127, 0, 1, 2, 3, 4, 5, 6, 7]
  const password = makePassword((count) => {
    const some = Uint8Array.from(bytes.splice(0, count))
    return some.length === count ? some : Uint8Array.from({ length: count }, (_, index) => some[index] ?? 0)
  }, 8)
  expect(password).toBe('ABCDEFGH')
})

test('a thousand passwords are a thousand different ones', () => {
  expect(new Set(Array.from({ length: 1000 }, () => makePassword(randomBytes))).size).toBe(1000)
})
