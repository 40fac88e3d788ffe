import { expect, test } from 'vitest'
import { amountOf, parseAmount } from './amount.ts'
import { isTooMany } from './stop-rule.ts'

test.each([
  ['5', { count: 5 }],
  ['0', { count: 0 }],
  [' 2.5% ', { percent: 2.5 }],
  ['100%', { percent: 100 }],
])('%j is an amount', (text, amount) => {
  expect(parseAmount(text)).toEqual(amount)
})

test.each(['', '-1', '2.5', '101%', 'many', '5 %x', '1e3', '٣'])('%j is none', (text) => {
  expect(parseAmount(text)).toBeUndefined()
})

test('a percentage is rounded down, and fractions of binary numbers do not matter', () => {
  expect(amountOf({ percent: 7 }, 100)).toBe(7)
  expect(amountOf({ percent: 0.7 }, 1000)).toBe(7)
  expect(amountOf({ percent: 10 }, 19)).toBe(1)
})

test.each([
  [{ count: 2 }, { failed: 2, begun: 5 }, false],
  [{ count: 2 }, { failed: 3, begun: 5000 }, true],
  [{ percent: 10 }, { failed: 0, begun: 5 }, false],
  [{ percent: 10 }, { failed: 1, begun: 5 }, true],
  [{ percent: 10 }, { failed: 2, begun: 20 }, false],
  [{ percent: 100 }, { failed: 5, begun: 5 }, false],
])('with at most %j, %j stops: %s', (most, progress, stops) => {
  expect(isTooMany(most, progress)).toBe(stops)
})
