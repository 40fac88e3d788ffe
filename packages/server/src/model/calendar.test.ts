import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMonths, clockText } from './calendar.ts'

const time = fc.integer({ min: Date.UTC(2018, 0), max: Date.UTC(2100, 0) })
const months = fc.integer({ min: 0, max: 36 })

describe('addMonths', () => {
  test.each([
    ['2024-01-31T12:00:00.000Z', 1, '2024-02-29T12:00:00.000Z'],
    ['2023-01-31T12:00:00.000Z', 1, '2023-02-28T12:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', 12, '2025-02-28T00:00:00.000Z'],
    ['2024-12-15T23:59:59.999Z', 1, '2025-01-15T23:59:59.999Z'],
    ['2024-08-31T00:00:00.000Z', 36, '2027-08-31T00:00:00.000Z'],
  ])('%s and %i months is %s', (from, count, to) => {
    expect(new Date(addMonths(Date.parse(from), count)).toISOString()).toBe(to)
  })

  test('keeps the time of day, and the day unless the month is too short for it', () => {
    fc.assert(
      fc.property(time, months, (from, count) => {
        const [before, after] = [new Date(from), new Date(addMonths(from, count))]
        const monthsOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth()
        expect(monthsOf(after) - monthsOf(before)).toBe(count)
        expect(after.toISOString().slice(11)).toBe(before.toISOString().slice(11))
        const lastDay = new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() + 1, 0)).getUTCDate()
        expect(after.getUTCDate()).toBe(Math.min(before.getUTCDate(), lastDay))
      }),
    )
  })

  test('more months never end earlier', () => {
    fc.assert(
      fc.property(time, months, months, (from, a, b) => {
        if (a < b) expect(addMonths(from, a)).toBeLessThan(addMonths(from, b))
      }),
    )
  })
})

describe.each(['America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai'])('on a server in %s', (zone) => {
  const before = process.env['TZ']
  beforeEach(() => {
    process.env['TZ'] = zone
  })
  afterEach(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  test.each([
    ['2024-01-31T23:30:00.000Z', 1, '2024-02-29T23:30:00.000Z'],
    ['2024-02-01T00:30:00.000Z', 1, '2024-03-01T00:30:00.000Z'],
    ['2024-03-10T06:30:00.000Z', 8, '2024-11-10T06:30:00.000Z'],
  ])('%s and %i months is %s', (from, count, to) => {
    expect(new Date(addMonths(Date.parse(from), count)).toISOString()).toBe(to)
  })

  test('a time is written in UTC', () => {
    expect(clockText(Date.UTC(2021, 6, 14, 0, 27, 48))).toBe('2021-07-14 00:27:48')
  })
})

test('clockText is date and time in UTC', () => {
  expect(clockText(Date.UTC(2021, 6, 14, 0, 27, 48, 999))).toBe('2021-07-14 00:27:48')
})
