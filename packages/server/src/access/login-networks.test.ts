import { expect, test } from 'vitest'
import { defaultSecurityPreference } from '../model/security-preference.ts'
import { mayLogOnFrom } from './login-networks.ts'

test.each([
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.0.0.0/8; 192.168.0.1', '192.168.0.1', true],
  ['2001:db8::/32', '2001:db8:1::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['0.0.0.0/0', '::1', false],
  ['10.0.0.0/8', undefined, false],
  ['', undefined, true],
])('masks %j and address %s: %s', (loginNetworkMasks, address, expected) => {
  expect(mayLogOnFrom({ ...defaultSecurityPreference, loginNetworkMasks }, address)).toBe(expected)
})
