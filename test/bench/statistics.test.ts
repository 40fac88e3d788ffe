import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figureOf, median, quantile, ratios } from '../../bench/src/statistics.ts'

test('the median of an even number of values is the mean of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9, 1, 5])).toBe(5)
})

test('values are ordered as numbers', () => {
  expect(median([100, 9, 10])).toBe(10)
})

test('a quantile lies between the least and the most, and grows with its share', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(values, share, share, (all, one, other) => {
      const [less, more] = [quantile(all, Math.min(one, other)), quantile(all, Math.max(one, other))]
      expect(less).toBeLessThanOrEqual(more + 1e-6)
      expect(less).toBeGreaterThanOrEqual(Math.min(...all) - 1e-6)
      expect(more).toBeLessThanOrEqual(Math.max(...all) + 1e-6)
    }),
  )
})

test('a round that was disturbed alike for both changes no ratio', () => {
  expect(ratios([100, 50, 100], [200, 100, 200])).toEqual([0.5, 0.5, 0.5])
})

test('rounds that agree have no noise, one round alone has a tenth', () => {
  expect(figureOf([2, 2, 2, 2])).toEqual({ value: 2, noise: 0 })
  expect(figureOf([5])).toEqual({ value: 5, noise: 0.5 })
})

test('a single wild round of nine moves neither the figure nor its noise', () => {
  const calm = figureOf([1, 1.1, 0.9, 1, 1.05, 0.95, 1, 1.02, 0.98])
  const wild = figureOf([1, 1.1, 0.9, 1, 1.05, 0.95, 1, 1.02, 40])
  expect(wild.value).toBeCloseTo(calm.value, 1)
  expect(wild.noise).toBeLessThan(2 * calm.noise)
})
