import { expect, test } from 'vitest'
import { isQuiet, type QuietHours, quietUntil } from './quiet-hours.ts'

const at = (text: string): number => Date.parse(`2026-11-30T${text}:00Z`)
const night: QuietHours = { from: 22 * 60, to: 7 * 60, offset: 480 }

test.each([
  // In Shanghai it is eight hours later.
  ['13:59', false],
  ['14:00', true],
  ['16:30', true],
  ['22:59', true],
  ['23:00', false],
])('over midnight, and by the clock of its place: at %s UTC %s', (time, isIn) => {
  expect(isQuiet(night, at(time))).toBe(isIn)
})

test('of one day, and west of Greenwich', () => {
  const noon = { from: 12 * 60, to: 13 * 60, offset: -210 }
  expect(['15:29', '15:30', '16:29', '16:30'].map((time) => isQuiet(noon, at(time)))).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('they end at the next time of that name', () => {
  expect(quietUntil(night, at('16:30'))).toBe(at('23:00'))
  expect(quietUntil(night, at('23:00'))).toBe(at('23:00'))
  expect(quietUntil(undefined, at('16:30'))).toBe(at('16:30'))
  const afterMidnight = { from: 23 * 60, to: 60, offset: 0 }
  expect(quietUntil(afterMidnight, at('23:30'))).toBe(at('23:30') + 90 * 60_000)
})
