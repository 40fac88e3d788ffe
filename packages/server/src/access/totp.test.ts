import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base32, codeOfStep, stepAt, stepOfCode } from './totp.ts'

const seed = Buffer.from('12345678901234567890')

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('the code at %i s is that of RFC 6238', (seconds, code) => {
  expect(codeOfStep(seed, stepAt(seconds * 1000))).toBe(code)
})

// RFC 4648, section 10, without its padding.
test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('%j in base 32 is %s', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('a code counts in its step and in those beside it, and once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 60_000_000 }), fc.integer({ min: -5, max: 5 }), (step, apart) => {
      const at = (step + apart) * 30_000 + 1
      const found = stepOfCode(seed, codeOfStep(seed, step), at, -1)
      if (Math.abs(apart) <= 1) expect(found).toBe(step)
      else expect(found).not.toBe(step)
      if (found !== undefined) expect(stepOfCode(seed, codeOfStep(seed, step), at, found)).not.toBe(found)
    }),
  )
})

test.each(['', '28708', '2870822', 'abcdef', '２８７０８２'])('%j is no code', (code) => {
  expect(stepOfCode(seed, code, 59_000, -1)).toBeUndefined()
})
