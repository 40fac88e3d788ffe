import { expect, test } from 'vitest'
import { defaultSecurityPreference, selfServicePolicy } from './security-preference.ts'

test('a preference that allows nothing is no policy', () => {
  expect(selfServicePolicy(defaultSecurityPreference, '1234567890123456', 'alice')).toBeUndefined()
})
