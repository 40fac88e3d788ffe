import { expect, test } from 'vitest'
import { isTooMany } from './stop-rule.ts'

test.each([
  [{ count: 0 }, { failed: 0, begun: 10 }, false],
  [{ count: 0 }, { failed: 1, begun: 10 }, true],
  [{ count: 2 }, { failed: 2, begun: 10 }, false],
  [{ count: 2 }, { failed: 3, begun: 10 }, true],
  // Of a canary wave of five not one may fail.
  [{ percent: 10 }, { failed: 1, begun: 5 }, true],
  [{ percent: 10 }, { failed: 2, begun: 20 }, false],
  [{ percent: 10 }, { failed: 3, begun: 20 }, true],
  [{ percent: 100 }, { failed: 20, begun: 20 }, false],
])('with %j allowed, %j stops it: %s', (most, progress, stops) => {
  expect(isTooMany(most, progress)).toBe(stops)
})
