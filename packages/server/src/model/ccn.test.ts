import { type Cidr, cidrAt } from '@opensag/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInside, parseRange, parseSnatRange, removedSpans } from './ccn.ts'

describe('the range of a network', () => {
  function parsedRange(text: string): readonly Cidr[] {
    const range = parseRange(text)
    if (typeof range === 'string') throw new Error(`${text} is ${range}`)
    return range
  }

  test.each([
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['10.0.0.0/16, 192.168.4.0/24', ['10.0.0.0/16', '192.168.4.0/24']],
  ])('%s', (text, blocks) => {
    expect(parsedRange(text).map(({ cidr }) => cidr)).toEqual(blocks)
  })

  test.each([
    ['', 'empty'],
    [' , ', 'empty'],
    ['ten', 'invalid'],
    ['10.0.0.0/25', 'invalid'],
    ['8.0.0.0/7', 'invalid'],
    ['10.0.0.1/24', 'invalid'],
    ['127.0.0.0/8', 'invalid'],
    ['10.0.0.0/8,10.1.0.0/16', 'invalid'],
    ['10.0.0.0/24,10.0.1.0/24,10.0.2.0/24,10.0.3.0/24,10.0.4.0/24,10.0.5.0/24', 'tooMany'],
  ])('%s is %s', (text, problem) => {
    expect(parseRange(text)).toBe(problem)
  })

  test('has five blocks at most', () => {
    expect(parseRange('10.0.0.0/24,10.0.1.0/24,10.0.2.0/24,10.0.3.0/24,10.0.4.0/24')).toHaveLength(5)
  })

  test.each([
    ['10.0.0.0/30', undefined],
    ['10.0.0.0/31', 'invalid'],
    ['10.0.0.0/24,10.0.0.128/25', 'conflict'],
    [',', 'empty'],
  ])('as SNAT range: %s', (text, problem) => {
    const parsed = parseSnatRange(text)
    expect(typeof parsed === 'string' ? parsed : undefined).toBe(problem)
  })

  test('holds what lies whole in one of its blocks', () => {
    const range = parsedRange('10.0.0.0/24,10.0.1.0/24')
    expect(isInside(parsedRange('10.0.1.0/24'), range)).toBe(true)
    expect(isInside(parsedRange('10.0.0.0/23'), range)).toBe(false)
    expect(isInside([], [])).toBe(true)
  })
})

describe('removed addresses', () => {
  const small = fc
    .tuple(fc.nat(63), fc.integer({ min: 27, max: 32 }))
    .map(([at, length]) => cidrAt(at - (at % 2 ** (32 - length)), length))
  const blocks = fc.array(small, { maxLength: 4 })

  test('are exactly those that were in it and no longer are', () => {
    fc.assert(
      fc.property(blocks, blocks, (before, after) => {
        const removed = removedSpans(before, after)
        for (let address = 0; address < 96; address += 1) {
          const within = (spans: readonly { readonly first: number; readonly last: number }[]) =>
            spans.some(({ first, last }) => first <= address && address <= last)
          expect(within(removed)).toBe(within(before) && !within(after))
        }
      }),
    )
  })
})
