import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterFailure, createThrottle, type Failures, type Limits, sourceOf, waitOf } from './throttle.ts'

const limits: Limits = { free: 5, firstWait: 1_000, longestWait: 60_000, memory: 600_000 }
const start = 1_700_000_000_000

function failed(times: number, now = start): Failures | undefined {
  let failures: Failures | undefined
  for (let i = 0; i < times; i += 1) failures = afterFailure(failures, now, limits)
  return failures
}

describe('the rule', () => {
  test('four failures cost nothing, the fifth a second, each further one twice as much', () => {
    expect([0, 4, 5, 6, 7, 8].map((times) => waitOf(failed(times), start, limits))).toEqual([
      0, 0, 1000, 2000, 4000, 8000,
    ])
  })

  test('the wait never exceeds the longest one, whatever the count and wherever the clock is set', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: -1e12, max: 1e12 }), (count, drift) => {
        const wait = waitOf({ count, lastAt: start }, start + drift, limits)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(limits.longestWait)
      }),
    )
  })

  test('having waited, one may try again', () => {
    fc.assert(
      fc.property(fc.nat(60), (count) => {
        const failures = { count, lastAt: start }
        expect(waitOf(failures, start + waitOf(failures, start, limits), limits)).toBe(0)
      }),
    )
  })

  test('after its memory without a failure all is forgotten', () => {
    const before: Failures = { count: 40, lastAt: start }
    expect(afterFailure(before, start + limits.memory, limits).count).toBe(1)
    expect(afterFailure(before, start + limits.memory - 1, limits).count).toBe(41)
  })
})

describe('two scopes', () => {
  const twoScopes = () =>
    createThrottle([
      { limits, capacity: 10, onSuccess: 'clear' },
      { limits: { ...limits, free: 8 }, capacity: 10, onSuccess: 'takeBack' },
    ])

  test('the longest wait counts, and a refused attempt counts in neither', () => {
    const throttle = twoScopes()
    for (let i = 0; i < 5; i += 1) expect(throttle.begin(['user', 'here'], start).allowed).toBe(true)
    for (let i = 0; i < 20; i += 1)
      expect(throttle.begin(['user', 'here'], start)).toEqual({ allowed: false, wait: 1000 })
    const others = Array.from({ length: 5 }, (_, i) => throttle.begin([`other ${i}`, 'here'], start).allowed)
    expect(others).toEqual([true, true, true, false, false])
  })

  test('being right clears the first scope and takes one failure back in the second', () => {
    const throttle = twoScopes()
    for (let i = 0; i < 4; i += 1) throttle.begin(['user', 'here'], start)
    const right = throttle.begin(['user', 'here'], start)
    if (right.allowed) right.succeeded()
    const next = Array.from({ length: 6 }, () => throttle.begin(['user', 'here'], start).allowed)
    expect(next).toEqual([true, true, true, true, false, false])
  })
})

describe('a source', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('%s counts as %s', (address, source) => {
    expect(sourceOf(address)).toBe(source)
  })
})
