import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultPasswordPolicy, meetsPasswordPolicy, type PasswordPolicy } from './password-policy.ts'

/** The rule as it reads on a text. */
function meets(policy: PasswordPolicy, text: string): boolean {
  return (
    [...text].length >= policy.minimumLength &&
    (!policy.requireLowercase || /[a-z]/.test(text)) &&
    (!policy.requireUppercase || /[A-Z]/.test(text)) &&
    (!policy.requireNumbers || /[0-9]/.test(text)) &&
    (!policy.requireSymbols || /[^A-Za-z0-9]/.test(text))
  )
}

test('the bytes of a password meet a policy when its text does', () => {
  const policy = fc.record({
    minimumLength: fc.nat(10),
    requireLowercase: fc.boolean(),
    requireUppercase: fc.boolean(),
    requireNumbers: fc.boolean(),
    requireSymbols: fc.boolean(),
  })
  const password = fc.string({ unit: fc.constantFrom(...'@AZ[`az{/09:中', '😀'), maxLength: 10 })
  fc.assert(
    fc.property(policy, password, (rules, text) => {
      const all = { ...defaultPasswordPolicy, ...rules }
      expect(meetsPasswordPolicy(all, Buffer.from(text))).toBe(meets(all, text))
    }),
    { numRuns: 1000 },
  )
})
