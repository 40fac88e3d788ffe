import type { Limits } from '@opensag/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createConsoleThrottle, everybody, perAddress } from './throttle.ts'

const open: Limits = { free: 1_000_000, firstWait: 1, longestWait: 1, memory: 1 }
const start = 1_700_000_000_000

describe('the throttle', () => {
  test('in any day one source gets fewer than 120 guesses, however it spaces them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_200_000 }), { minLength: 100, maxLength: 400 }), (pauses) => {
        const throttle = createConsoleThrottle({ perAddress, everybody: open })
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
    const throttle = createConsoleThrottle()
    const allowed = Array.from({ length: 100 }, () => throttle.begin('192.0.2.1', start).allowed)
    expect(allowed.filter(Boolean)).toHaveLength(5)
  })

  test('right passwords are never throttled, one after another', () => {
    const throttle = createConsoleThrottle()
    for (let i = 0; i < 200; i += 1) {
      const attempt = throttle.begin('192.0.2.1', start + i)
      expect(attempt.allowed).toBe(true)
      if (attempt.allowed) attempt.succeeded()
    }
  })

  test('a source that has to wait does not make others wait', () => {
    const throttle = createConsoleThrottle()
    for (let i = 0; i < 6; i += 1) throttle.begin('192.0.2.1', start)
    expect(throttle.begin('192.0.2.1', start).allowed).toBe(false)
    expect(throttle.begin('192.0.2.2', start).allowed).toBe(true)
  })

  test('guesses from many sources are throttled together', () => {
    const throttle = createConsoleThrottle()
    const guesses = Array.from({ length: 400 }, (_, i) => throttle.begin(`198.51.100.${i % 20}`, start).allowed)
    expect(guesses.filter(Boolean)).toHaveLength(50)
  })

  test('who has not been wrong may try once however many others are, and with the right password again', () => {
    const throttle = createConsoleThrottle()
    for (let i = 0; i < 400; i += 1) throttle.begin(`198.51.100.${i % 20}`, start)
    expect(throttle.begin('198.51.100.1', start).allowed).toBe(false)
    const right = throttle.begin('192.0.2.1', start)
    expect(right.allowed).toBe(true)
    if (right.allowed) right.succeeded()
    expect(throttle.begin('192.0.2.1', start).allowed).toBe(true)
    expect(throttle.begin('192.0.2.1', start).allowed).toBe(false)
  })

  test('ever new sources get no more tries than can be remembered, and later some again', () => {
    const throttle = createConsoleThrottle({ perAddress, everybody }, 100)
    const tries = (at: number) =>
      Array.from({ length: 300 }, (_, i) => throttle.begin(`10.0.${at}.${i}`, start + at).allowed).filter(Boolean)
        .length
    expect(tries(0)).toBe(100)
    expect(tries(1)).toBe(0)
    expect(tries(perAddress.memory)).toBeGreaterThan(0)
  })

  test('a thousand addresses that fail for a day do not make an acquaintance wait', () => {
    const throttle = createConsoleThrottle()
    let strangers = 0
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      const now = start + minute * 60_000
      for (let i = 0; i < 1_000; i += 1) {
        if (throttle.begin(`10.${minute % 7}.${i >> 8}.${i & 255}`, now).allowed) strangers += 1
      }
      const attempt = throttle.begin('10.0.0.1', now, 'browser')
      expect(attempt.allowed).toBe(true)
      if (attempt.allowed) attempt.succeeded()
    }
    expect(strangers).toBeLessThan(24 * 60 * 20)
  })

  test('an acquaintance waits for failures of its own, as any source does', () => {
    const throttle = createConsoleThrottle()
    const allowed = Array.from({ length: 20 }, (_, i) => throttle.begin(`10.0.0.${i}`, start, 'browser').allowed)
    expect(allowed.filter(Boolean)).toHaveLength(5)
    expect(throttle.begin('10.0.0.1', start).allowed).toBe(true)
  })

  test('its memory is bounded', () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { minLength: 50, maxLength: 200 }), (sources) => {
        const throttle = createConsoleThrottle({ perAddress, everybody: open }, 20)
        for (const source of sources) throttle.begin(source, start)
        expect(throttle.size).toBeLessThanOrEqual(20)
      }),
    )
  })
})
