import { Secret } from '@opensag/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLoginPassword } from './login-password.ts'

/** The rule as it reads on a text. */
function isOne(text: string): boolean {
  const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length
  return /^[\x21-\x7e]{8,32}$/.test(text) && kinds >= 3
}

test('the bytes of a password are accepted for the console when its text is', () => {
  const password = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'Aa0_'), minLength: 6, maxLength: 34 }),
    fc.string({ unit: fc.constantFrom(...'AZaz09!~ \x7f中'), minLength: 6, maxLength: 12 }),
  )
  fc.assert(
    fc.property(password, (text) => {
      expect(isLoginPassword(Secret.of(text))).toBe(isOne(text))
    }),
    { numRuns: 1000 },
  )
})
