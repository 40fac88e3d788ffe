import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTimely, nonceExpiry, parseTimestamp } from './time.ts'

const minute = 60_000

test('every whole second is read back as it was written', () => {
  const second = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 }).map((seconds) => seconds * 1000)
  fc.assert(
    fc.property(second, (time) => {
      expect(parseTimestamp(`${new Date(time).toISOString().slice(0, 19)}Z`)).toBe(time)
    }),
  )
})

test.each([
  '2026-11-21T22:58:25.000Z',
  '2026-11-21T22:58:25+00:00',
  '2026-11-21 22:58:25Z',
  '2026-11-21T22:58:25',
  '2026-11-21T22:58:25z',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-21T24:00:00Z',
  '2026-11-21T22:58:60Z',
  '0001-01-01T00:00:00Z\n',
  '2026-11-21T22%3A58%3A25Z',
  '1795301905',
  '',
])('%j is not well formatted', (text) => {
  expect(parseTimestamp(text)).toBeUndefined()
})

test('fifteen minutes either way are accepted and not a second more', () => {
  const now = Date.UTC(2026, 0, 1)
  for (const [age, timely] of [
    [-15 * minute, true],
    [15 * minute, true],
    [-15 * minute - 1000, false],
    [15 * minute + 1000, false],
  ] as const) {
    expect(isTimely(now - age, { now, isFenced: () => false })).toBe(timely)
  }
})

test('nothing of the time of the fence or before it is accepted, whatever the clock says', () => {
  const now = Date.UTC(2026, 0, 1)
  fc.assert(
    fc.property(
      fc.integer({ min: -20 * 60, max: 20 * 60 }),
      fc.integer({ min: -20 * 60, max: 20 * 60 }),
      (seconds, behind) => {
        const fence = now - behind * 1000
        const timestamp = now - seconds * 1000
        expect(isTimely(timestamp, { now, isFenced: (time) => time <= fence })).toBe(
          Math.abs(seconds) <= 15 * 60 && seconds < behind,
        )
      },
    ),
  )
})

test('a nonce is remembered for half an hour and until its request is too old', () => {
  const now = Date.UTC(2026, 0, 1)
  fc.assert(
    fc.property(fc.integer({ min: -15 * minute, max: 15 * minute }), (ahead) => {
      const expiry = nonceExpiry(now + ahead)
      expect(expiry).toBeGreaterThanOrEqual(now + 30 * minute)
      expect(isTimely(now + ahead, { now: expiry, isFenced: () => false })).toBe(false)
    }),
  )
})
