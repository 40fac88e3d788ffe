import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cidr,
  cidrAt,
  contains,
  enclosing,
  ipv4ToNumber,
  networksIn,
  numberToIpv4,
  overlaps,
  overlapWithin,
  parseCidr,
  parseCidrList,
  parseNetwork,
  printCidrs,
  usableAddresses,
} from './cidr.ts'

const anyAddress = fc.integer({ min: 0, max: 2 ** 32 - 1 })

/** Any network there is, lawful here or not; often near another one, or they would never meet. */
const anyCidr: fc.Arbitrary<Cidr> = fc
  .tuple(fc.oneof(anyAddress, fc.integer({ min: 0, max: 63 })), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => cidrAt(address - (address % 2 ** (32 - length)), length))

/** Networks of 10.0.0.0/8, which are all lawful. */
const lawfulCidr: fc.Arbitrary<Cidr> = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 24 - 1 }), fc.integer({ min: 8, max: 32 }))
  .map(([offset, length]) => cidrAt(10 * 2 ** 24 + offset - (offset % 2 ** (32 - length)), length))

function known(text: string): Cidr {
  const parsed = parseCidr(text)
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`)
  return parsed
}

describe('addresses', () => {
  test('every one is read as it was printed', () => {
    fc.assert(fc.property(anyAddress, (number) => ipv4ToNumber(numberToIpv4(number)) === number))
  })

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '300.1.1.1',
    '01.2.3.4',
    '1.2.3.x',
    ' 1.2.3.4',
    '1.2.3.-4',
    '::1',
    '1e1.0.0.0',
  ])('%j is none', (text) => {
    expect(ipv4ToNumber(text)).toBeUndefined()
  })
})

describe('networks', () => {
  test('every lawful one is read as it was printed', () => {
    fc.assert(
      fc.property(lawfulCidr, (cidr) => {
        expect(parseCidr(cidr.cidr)).toEqual(cidr)
      }),
    )
  })

  test('an octet, a mask, and the addresses from first to last', () => {
    expect(parseCidr('192.168.10.0/24')).toEqual({
      cidr: '192.168.10.0/24',
      first: 192 * 2 ** 24 + 168 * 2 ** 16 + 10 * 2 ** 8,
      last: 192 * 2 ** 24 + 168 * 2 ** 16 + 10 * 2 ** 8 + 255,
      length: 24,
    })
  })

  test.each(['10.0.0.0', '10.0.0/24', '10.0.0.0/', '10.0.0.0/x', '10.0.0.0/08', '10.0.0.0/24/8', '256.0.0.0/8'])(
    '%j has no form',
    (text) => {
      expect(parseCidr(text)).toBe('format')
    },
  )

  test.each([
    '10.0.0.1/24',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '8.0.0.0/7',
    '10.0.0.0/7',
    '172.16.0.0/11',
    '192.168.0.0/13',
    '172.0.0.0/8',
  ])('%j is unlawful', (text) => {
    expect(parseCidr(text)).toBe('unlawful')
  })

  test.each([
    '127.0.0.0/8',
    '224.0.1.0/24',
    '0.0.0.0/8',
    '100.64.0.0/10',
    '100.0.0.0/8',
    '169.254.1.0/24',
    '255.0.0.0/8',
  ])('%j is reserved', (text) => {
    expect(parseCidr(text)).toBe('reserved')
  })

  test.each(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '30.0.0.0/8', '8.8.8.0/24', '10.0.0.1/32'])(
    '%j may be used',
    (text) => {
      expect(parseCidr(text)).toMatchObject({ cidr: text })
    },
  )

  test('an operator may reserve more', () => {
    expect(parseCidr('30.1.0.0/16', [known('30.0.0.0/8')])).toBe('reserved')
  })
})

describe('networks of any kind', () => {
  test('every one is read as it was printed, whether a branch may have it or not', () => {
    fc.assert(
      fc.property(anyCidr, (cidr) => {
        expect(parseNetwork(cidr.cidr)).toEqual(cidr)
      }),
    )
  })

  test('a text that the server accepts is read the same', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^10\.[0-9]{1,2}\.0\.0\/[0-9]{1,2}$/), (text) => {
        const accepted = parseCidr(text)
        if (typeof accepted !== 'string') expect(parseNetwork(text)).toEqual(accepted)
        if (accepted === 'format') expect(parseNetwork(text)).toBe('format')
      }),
    )
  })

  test.each(['10.0.0.0/08', '10.0.0.0', '10.0.0/24', '10.0.0.256/32', '010.0.0.0/8', ''])('%j has no form', (text) => {
    expect(parseNetwork(text)).toBe('format')
  })

  test.each(['10.0.0.1/24', '10.0.0.0/33'])('%j has bits behind its mask, or a mask too long', (text) => {
    expect(parseNetwork(text)).toBe('unlawful')
  })

  test('a list leaves out entries that are no network', () => {
    expect(networksIn('10.0.0.0/8, 10.0.0.0/08,x, 0.0.0.0/0').map(({ cidr }) => cidr)).toEqual([
      '10.0.0.0/8',
      '0.0.0.0/0',
    ])
    expect(networksIn(undefined)).toEqual([])
  })

  test('an address is in the network of a length that encloses it', () => {
    expect(enclosing(known('10.1.2.3/32').first, 16)).toEqual(known('10.1.0.0/16'))
  })
})

describe('overlap and containment', () => {
  test.each([
    ['10.0.0.0/24', '10.0.0.128/25', true],
    ['10.0.0.0/24', '10.0.1.0/24', false],
    ['10.0.0.7/32', '10.0.0.7/32', true],
    ['10.0.0.7/32', '10.0.0.0/29', true],
    ['10.0.0.8/32', '10.0.0.0/29', false],
  ])('%s and %s share an address: %s', (one, other, expected) => {
    expect(overlaps(known(one), known(other))).toBe(expected)
    expect(overlaps(known(other), known(one))).toBe(expected)
  })

  test('overlap is symmetric, and the same as having an address in common', () => {
    fc.assert(
      fc.property(anyCidr, anyCidr, (one, other) => {
        expect(overlaps(one, other)).toBe(overlaps(other, one))
        // Networks are either apart or one lies in the other.
        expect(overlaps(one, other)).toBe(contains(one, other) || contains(other, one))
      }),
    )
  })

  test('containment is reflexive and transitive', () => {
    fc.assert(
      fc.property(anyCidr, anyCidr, anyCidr, (a, b, c) => {
        expect(contains(a, a)).toBe(true)
        if (contains(a, b) && contains(b, c)) expect(contains(a, c)).toBe(true)
      }),
    )
  })

  test('a list overlaps within itself where two of it do', () => {
    fc.assert(
      fc.property(fc.array(anyCidr, { maxLength: 6 }), (cidrs) => {
        const pairs = cidrs.some((one, index) => cidrs.slice(index + 1).some((other) => overlaps(one, other)))
        expect(overlapWithin(cidrs)).toBe(pairs)
      }),
    )
  })
})

describe('lists', () => {
  test('keep their order and print as they were read', () => {
    const parsed = parseCidrList('192.168.20.0/24, 10.0.0.0/16')
    expect(typeof parsed === 'string' ? parsed : printCidrs(parsed)).toBe('192.168.20.0/24,10.0.0.0/16')
  })

  test.each([
    ['', 'empty'],
    [' , ,', 'empty'],
    ['10.0.0.0/24,', 'format'],
    ['10.0.0.1/24,x', 'format'],
    ['127.0.0.0/8,10.0.0.1/24', 'unlawful'],
    ['10.0.0.0/16,10.0.1.0/24,127.0.0.0/8', 'reserved'],
    ['10.0.0.0/16,10.0.1.0/24', 'conflict'],
    ['10.0.0.0/16,10.0.0.0/16', 'conflict'],
  ])('%j is %s: the earliest stage any entry fails at', (text, problem) => {
    expect(parseCidrList(text)).toBe(problem)
  })
})

describe('usable addresses', () => {
  test('three of each network are not for clients', () => {
    expect(usableAddresses(['10.9.9.0/30', '10.9.8.0/29', '10.9.7.1/32', '10.9.6.0/31'].map(known))).toBe(1 + 5)
  })

  test('never negative, and a half of a network never has more', () => {
    fc.assert(
      fc.property(lawfulCidr, (cidr) => {
        const whole = usableAddresses([cidr])
        expect(whole).toBeGreaterThanOrEqual(0)
        if (cidr.length < 32) expect(usableAddresses([cidrAt(cidr.first, cidr.length + 1)])).toBeLessThanOrEqual(whole)
      }),
    )
  })
})
