import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterFailure, createThrottle, type Failures, type Limits, perAddress, sourceOf, waitOf } from './throttle.ts'

const limits: Limits = { free: 5, firstWait: 1_000, longestWait: 60_000, memory: 600_000 }
const open: Limits = { free: 1_000_000, firstWait: 1, longestWait: 1, memory: 1 }
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

  test('after an hour without a failure all is forgotten', () => {
    const before: Failures = { count: 40, lastAt: start }
    expect(afterFailure(before, start + perAddress.memory, perAddress).count).toBe(1)
    expect(afterFailure(before, start + perAddress.memory - 1, perAddress).count).toBe(41)
  })
})

describe('the throttle', () => {
  test('in any day one source gets fewer than 120 guesses, however it spaces them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_200_000 }), { minLength: 100, maxLength: 400 }), (pauses) => {
        const throttle = createThrottle({ perAddress, everybody: open })
        let now = start
        let guesses = 0
        for (const pause of pauses) {
          now += pause
          if (now - start > 86_400_000) break
          if (throttle.begin('192.0.2.1', now).allowed) guesses += 1
        }
        expect(guesses).toBeLessThan(120)
      }),
    )
  })

  test('attempts under way count: of a hundred begun at once five are allowed', () => {
    const throttle = createThrottle()
    const allowed = Array.from({ length: 100 }, () => throttle.begin('192.0.2.1', start).allowed)
    expect(allowed.filter(Boolean)).toHaveLength(5)
  })

  test('right passwords are never throttled, one after another', () => {
    const throttle = createThrottle()
    for (let i = 0; i < 200; i += 1) {
      const attempt = throttle.begin('192.0.2.1', start + i)
      expect(attempt.allowed).toBe(true)
      if (attempt.allowed) attempt.succeeded()
    }
  })

  test('a source that has to wait does not make others wait', () => {
    const throttle = createThrottle()
    for (let i = 0; i < 6; i += 1) throttle.begin('192.0.2.1', start)
    expect(throttle.begin('192.0.2.1', start).allowed).toBe(false)
    expect(throttle.begin('192.0.2.2', start).allowed).toBe(true)
  })

  test('guesses from many sources are throttled together', () => {
    const throttle = createThrottle()
    const allowed = Array.from({ length: 200 }, (_, i) => throttle.begin(`198.51.100.${i}`, start).allowed)
    expect(allowed.filter(Boolean)).toHaveLength(50)
  })

  test('its memory is bounded', () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { minLength: 50, maxLength: 200 }), (sources) => {
        const throttle = createThrottle({ perAddress, everybody: open }, 20)
        for (const source of sources) throttle.begin(source, start)
        expect(throttle.size).toBeLessThanOrEqual(20)
      }),
    )
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
