import { isMail, isNewUserName } from '@opensag/rules'
import { describe, expect, test } from 'vitest'
import {
  enterpriseCode,
  firstUserPassword,
  isClientAddress,
  monthOf,
  newUserPassword,
  usedTraffic,
  userName,
} from './client-user.ts'

describe('what an account may be called', () => {
  test.each(['doctest', '1234567', 'a@b.c-d_', 'x'.repeat(33)])('%s is a new name', (name) => {
    expect(isNewUserName(name)).toBe(true)
  })

  test.each(['sixsix', 'x'.repeat(34), '_leading', 'with space', 'umläut-name', 'line_end\n', ''])(
    '%j is no new name',
    (name) => {
      expect(isNewUserName(name)).toBe(false)
    },
  )

  test.each([
    ['ab', true],
    ['x'.repeat(64), true],
    ['a', false],
    ['a!', false],
    ['x'.repeat(65), false],
    ['@ab', false],
  ])('%s can be looked up: %s', (name, expected) => {
    expect(userName.test(name)).toBe(expected)
  })
})

// Each is for a new account, and for a reset.
test.each([
  ['teste111', true, true],
  ['12345678', true, false],
  ['1letters', true, false],
  ['密abcdefg', false, true],
  ['a密bcdefg', false, true],
  ['a_@-bcde', true, false],
  ['a_-bcdef', true, true],
  ['a_.-bcde', false, false],
  [`a${'b'.repeat(31)}`, true, true],
  [`a${'b'.repeat(32)}`, false, false],
  ['short_7', false, false],
  ['_leading1', false, false],
  ['-leading1', false, false],
  ['with space1', false, false],
  ['line_end1\n', false, false],
])('the password %j is lawful for a new account: %s, for a reset: %s', (password, first, reset) => {
  expect([firstUserPassword.test(password), newUserPassword.test(password)]).toEqual([first, reset])
})

test.each([
  ['a@b', true],
  ['user.name-1_@example.com', true],
  [`${'a'.repeat(58)}@b.com`, true],
  [`${'a'.repeat(59)}@b.com`, false],
  ['a@b@c', false],
  ['@b', false],
  ['a@', false],
  ['a+b@c.de', false],
  ['a@b\r\nBcc: c@d', false],
])('the mail address %j is lawful: %s', (mail, expected) => {
  expect(isMail(mail)).toBe(expected)
})

test.each([
  ['12P34', true],
  ['abcd1', true],
  ['abcde', false],
  ['12345', false],
  ['a1', false],
  ['abcd12', false],
])('the enterprise code %s is lawful: %s', (code, expected) => {
  expect(enterpriseCode.test(code)).toBe(expected)
})

test('traffic counts in the month it was used', () => {
  const january = Date.UTC(2024, 0, 31, 23, 59)
  expect(monthOf(january)).toBe(202401)
  expect(usedTraffic({ trafficBytes: 1, trafficMonth: 202401 }, january)).toBe(true)
  expect(usedTraffic({ trafficBytes: 1, trafficMonth: 202401 }, january + 60_000)).toBe(false)
  expect(usedTraffic({ trafficBytes: 0, trafficMonth: 202401 }, january)).toBe(false)
})

test('network, broadcast and service address are not handed out', () => {
  const pool = [
    { first: 8, last: 15 },
    { first: 100, last: 100 },
  ]
  const given = Array.from({ length: 120 }, (_, address) => address).filter((address) => isClientAddress(pool, address))
  expect(given).toEqual([10, 11, 12, 13, 14])
})
