import { expect, test } from 'vitest'
import { isBandwidth, isPeriod, smallestBandwidth } from './specification.ts'

test('months are sold one to nine at a time, or in whole years up to three', () => {
  const sold = Array.from({ length: 60 }, (_, month) => month).filter(isPeriod)
  expect(sold).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36])
})

test.each([
  ['sag-100wm', 2, 50],
  ['sag-1000', 10, 500],
  ['sag-vcpe', 10, 1000],
] as const)('%s has bandwidths from %i to %i', (spec, min, max) => {
  expect([min - 1, min, max, max + 1].map((mbits) => isBandwidth(spec, mbits))).toEqual([false, true, true, false])
  expect(smallestBandwidth(spec)).toBe(min)
})
