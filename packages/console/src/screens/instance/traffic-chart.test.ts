import { expect, test } from 'vitest'
import { bytesText, chartOf, rateText } from './traffic-chart.ts'

test('bars stand at their time, relative to the largest of both directions; what is not known has none', () => {
  const minute = 60_000
  const intervals = [
    { at: 97 * minute, received: 40, sent: 200 },
    { at: 100 * minute, received: 100, sent: 0 },
    { at: 101 * minute, received: 0, sent: 0 },
  ]
  const { bars, ...sums } = chartOf(intervals, { now: 100 * minute + 59_000, stepMs: minute })
  expect(bars.map(({ place, receivedHeight, sentHeight }) => [place, receivedHeight, sentHeight])).toEqual([
    [3, 0.2, 1],
    [0, 0.5, 0],
    [0, 0, 0],
  ])
  expect(sums).toEqual({ received: 140, sent: 200, most: 200 })
})

test('nothing at all has no bars, and silence has bars without height', () => {
  expect(chartOf([], { now: 0, stepMs: 1 })).toEqual({ bars: [], received: 0, sent: 0, most: 0 })
  const [bar] = chartOf([{ at: 0, received: 0, sent: 0 }], { now: 0, stepMs: 1 }).bars
  expect(bar).toMatchObject({ receivedHeight: 0, sentHeight: 0 })
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_540, '1.5 kB'],
  [15_400, '15 kB'],
  [999_600, '1 MB'],
  [2 ** 53, '9 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})

test('a rate is in bits a second', () => {
  expect(rateText(7_500_000, 60_000)).toBe('1 Mbit/s')
  expect(rateText(0, 60_000)).toBe('0 bit/s')
})
