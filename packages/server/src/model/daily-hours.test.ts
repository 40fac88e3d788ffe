import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockText, isWithin, minutesOf, offsetOf, offsetText } from './daily-hours.ts'

const minute = 60_000

describe('hours of each day', () => {
  test.each([
    [{ from: 120, to: 300, offset: 0 }, '01:59', false],
    [{ from: 120, to: 300, offset: 0 }, '02:00', true],
    [{ from: 120, to: 300, offset: 0 }, '04:59', true],
    [{ from: 120, to: 300, offset: 0 }, '05:00', false],
    [{ from: 22 * 60, to: 300, offset: 0 }, '23:59', true],
    [{ from: 22 * 60, to: 300, offset: 0 }, '04:59', true],
    [{ from: 22 * 60, to: 300, offset: 0 }, '12:00', false],
    // Two o'clock in Shanghai.
    [{ from: 120, to: 300, offset: 480 }, '18:00', true],
    [{ from: 120, to: 300, offset: 480 }, '02:00', false],
    [{ from: 120, to: 300, offset: -210 }, '05:29', false],
    [{ from: 120, to: 300, offset: -210 }, '05:30', true],
  ])('%j at %s UTC', (window, time, open) => {
    expect(isWithin(window, Date.parse(`2026-12-01T${time}:59Z`))).toBe(open)
  })

  test('last as many minutes of each day as they say, whatever the offset', () => {
    const minuteOfDay = fc.integer({ min: 0, max: 1439 })
    fc.assert(
      fc.property(minuteOfDay, minuteOfDay, fc.integer({ min: -840, max: 840 }), (from, to, offset) => {
        fc.pre(from !== to)
        let open = 0
        for (let at = 0; at < 1440; at++) if (isWithin({ from, to, offset }, at * minute)) open++
        expect(open).toBe((to - from + 1440) % 1440)
      }),
      { numRuns: 30 },
    )
  })

  test('times and offsets are read as they are shown', () => {
    for (const text of ['00:00', '09:05', '23:59']) expect(clockText(minutesOf(text) ?? -1)).toBe(text)
    for (const text of ['+00:00', '+08:00', '-03:30', '+14:00']) expect(offsetText(offsetOf(text) ?? -1)).toBe(text)
    for (const text of ['24:00', '9:00', '12:60', '']) expect(minutesOf(text)).toBeUndefined()
    for (const text of ['08:00', '+14:01', '+8', 'Z', '']) expect(offsetOf(text)).toBeUndefined()
  })
})

test('times and offsets are read as they are written', () => {
  for (const text of ['00:00', '07:05', '23:59']) expect(clockText(minutesOf(text) ?? -1)).toBe(text)
  for (const text of ['+00:00', '+14:00', '-12:00', '-03:30']) expect(offsetText(offsetOf(text) ?? 9999)).toBe(text)
  expect(['24:00', '7:00', '07:60', ''].map(minutesOf)).toEqual([undefined, undefined, undefined, undefined])
  expect(['08:00', '+14:01', '-12:01', '+8'].map(offsetOf)).toEqual([undefined, undefined, undefined, undefined])
})
