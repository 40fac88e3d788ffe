import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, isAtLeast, isVersion } from './version.ts'

const version = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))

describe('versions', () => {
  test.each([
    ['2.10.0.0', '2.9.9.9', 1],
    ['2.3.1.1', '2.3.1.1', 0],
    ['1.0.0', '1.0.0.0', 0],
    ['1.0.0', '1.0.0.1', -1],
    ['3.4.1', '3.4.2', -1],
  ])('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b) ?? Number.NaN)).toBe(sign)
  })

  test.each(['', 'x', '1.', '.1', '1..2', '1.2.3.4.5', '-1', '1.a', ' 1'])('%j is no version', (text) => {
    expect(isVersion(text)).toBe(false)
    expect(compareVersions(text, '1')).toBeUndefined()
    expect(isAtLeast(text, '0')).toBe(false)
  })

  test('are in one total order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const order = (x: string, y: string): number => Math.sign(compareVersions(x, y) ?? Number.NaN)
        expect(order(a, a)).toBe(0)
        expect(order(a, b) + order(b, a)).toBe(0)
        if (order(a, b) >= 0 && order(b, c) >= 0) expect(order(a, c)).toBeGreaterThanOrEqual(0)
        expect(isAtLeast(a, b)).toBe(order(a, b) >= 0)
      }),
    )
  })

  test('the first part that differs decides', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(999), { maxLength: 3 }), fc.nat(999), fc.nat(999), version, (head, x, y, tail) => {
        fc.pre(x !== y)
        const rest = tail.split('.').slice(0, 3 - head.length)
        const a = [...head, x, ...rest].join('.')
        const b = [...head, y].join('.')
        expect(Math.sign(compareVersions(a, b) ?? Number.NaN)).toBe(Math.sign(x - y))
      }),
    )
  })
})
