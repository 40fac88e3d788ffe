import { cidrAt, ipv4ToNumber, usableAddresses } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientRanges } from './address-pool.ts'
import { isClientAddress } from './client-user.ts'

const base = ipv4ToNumber('10.9.8.0') ?? 0

test('a block of eight gives its third to its seventh address', () => {
  expect(clientRanges([cidrAt(base, 29)])).toEqual([{ first: base + 2, last: base + 6 }])
})

test('a block of four gives one address, smaller ones give none', () => {
  expect([30, 31, 32].map((length) => clientRanges([cidrAt(base, length)]))).toEqual([
    [{ first: base + 2, last: base + 2 }],
    [],
    [],
  ])
})

test('the ranges hold as many addresses as are counted as usable, each one a client may have', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 32 }), fc.nat(2 ** 16), (length, seed) => {
      const cidr = cidrAt(base - (base % 2 ** (32 - length)), length)
      const ranges = clientRanges([cidr])
      expect(ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(usableAddresses([cidr]))
      const address = cidr.first + (seed % (cidr.last - cidr.first + 1))
      const inRange = ranges.some(({ first, last }) => first <= address && address <= last)
      expect(inRange).toBe(isClientAddress([cidr], address))
    }),
  )
})
