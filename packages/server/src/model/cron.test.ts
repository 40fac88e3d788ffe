import { expect, test } from 'vitest'
import { lastFire, parseCron } from './cron.ts'

const minute = 60_000

function fires(text: string, timeZone: string, now: string, minutes = 30): string | undefined {
  const times = parseCron(text)
  const at = times && lastFire(times, timeZone, Date.parse(now), minutes)
  return at === undefined ? undefined : new Date(at).toISOString()
}

test.each([
  ['0 0 4 1/1 * ?', 'Asia/Shanghai', '2024-01-30T20:00:30Z', '2024-01-30T20:00:00.000Z'],
  ['0 0 4 1/1 * ?', 'Asia/Shanghai', '2024-01-30T20:29:59Z', '2024-01-30T20:00:00.000Z'],
  ['0 0 4 1/1 * ?', 'Asia/Shanghai', '2024-01-30T20:30:00Z', undefined],
  ['0 0 4 1/1 * ?', 'Asia/Shanghai', '2024-01-30T19:59:59Z', undefined],
  // In winter and in summer.
  ['0 30 1 ? * SUN', 'Europe/Berlin', '2024-01-28T00:30:00Z', '2024-01-28T00:30:00.000Z'],
  ['0 30 1 ? * 1', 'Europe/Berlin', '2024-07-06T23:40:00Z', '2024-07-06T23:30:00.000Z'],
  ['0 30 1 ? * MON-FRI', 'Europe/Berlin', '2024-07-06T23:40:00Z', undefined],
  ['0 0/20 * * JAN,MAR ?', 'UTC', '2024-01-01T10:45:00Z', '2024-01-01T10:40:00.000Z'],
  ['0 0/20 * * 2 ?', 'UTC', '2024-01-01T10:45:00Z', undefined],
  ['0 0 0 31 * ? *', 'UTC', '2024-01-31T00:10:00Z', '2024-01-31T00:00:00.000Z'],
])('%s in %s at %s: %s', (text, timeZone, now, fire) => {
  expect(fires(text, timeZone, now)).toBe(fire)
})

test.each([
  '',
  '* * * * *',
  '0 0 4 * * *',
  '0 0 4 ? * ?',
  '60 0 4 * * ?',
  '0 0 4 L * ?',
  '0 0 4 5-2 * ?',
  '0 0/0 4 * * ?',
])('%j is no expression', (text) => expect(parseCron(text)).toBeUndefined())

test('a day that is not there in a month is no day', () => {
  expect(fires('0 0 0 30 * ?', 'UTC', '2024-02-29T00:10:00Z', 24 * 60)).toBeUndefined()
  expect(lastFire(parseCron('0 0 0 29 * ?') ?? expect.fail(), 'UTC', Date.parse('2024-02-29T00:10:00Z'), 30)).toBe(
    Date.parse('2024-02-29T00:10:00Z') - 10 * minute,
  )
})
