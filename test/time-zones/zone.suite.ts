import { expect, test } from 'vitest'

test('the zone is in force', () => {
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(process.env['TZ'])
})
