import { expect, test } from 'vitest'
import { generatedPassword } from './action.ts'

test('a generated password passes the rules of gateways, of remote users, and of RAM users whatever their policy', () => {
  for (let round = 0; round < 2000; round += 1) {
    const password = generatedPassword((bytes) => crypto.getRandomValues(bytes))
    expect(password).toMatch(/^[A-Za-z0-9][A-Za-z0-9_]{19}$/)
    for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /_/]) expect(password).toMatch(kind)
  }
})

/** Fills with one of the patterns after the other, each again and again; with the last one from then on. */
function filling(
  ...patterns: readonly (readonly number[])[]
): (into: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> {
  let fills = 0
  return (into) => {
    const pattern = patterns[Math.min(fills, patterns.length - 1)] ?? []
    fills += 1
    into.forEach((_, index) => {
      into[index] = pattern[index % pattern.length] ?? 0
    })
    return into
  }
}

test('bytes that would favour some characters are not used', () => {
  expect(generatedPassword(filling([255, 0, 240, 24, 232, 49, 255, 57]))).toBe('Aa2_'.repeat(5))
})

test.each([
  ['a capital', [24, 49, 57]],
  ['a small letter', [0, 49, 57]],
  ['a digit', [0, 24, 57]],
  ['another character', [0, 24, 49]],
  ['a letter or digit as the first', [57, 0, 24, 49]],
])('one that lacks %s is not given', (_, lacking) => {
  expect(generatedPassword(filling(lacking, [0, 24, 49, 57]))).toBe('Aa2_'.repeat(5))
})
