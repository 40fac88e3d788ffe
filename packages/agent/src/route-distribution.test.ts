import type { RouteRule } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { keptRoutes } from './route-distribution.ts'

const route = { from: 'local', source: 'STATIC', to: '10.50.0.0/24' } as const
const check = 'hc-1'

test.each<readonly [string, Omit<RouteRule, keyof typeof route>, readonly ('success' | 'failed' | 'unknown')[]]>([
  ['always', { isDistributed: true }, ['success', 'failed', 'unknown']],
  ['never', { isDistributed: false }, []],
  ['while it fails', { isDistributed: false, unless: { check, is: 'failed' } }, ['failed']],
  ['while it succeeds', { isDistributed: false, unless: { check, is: 'success' } }, ['success']],
  ['unless it fails', { isDistributed: true, unless: { check, is: 'failed' } }, ['success', 'unknown']],
  ['unless it succeeds', { isDistributed: true, unless: { check, is: 'success' } }, ['failed', 'unknown']],
])('a route that is told %s', (_, rule, told) => {
  const statuses = ['success', 'failed', 'unknown'] as const
  const isTold = (health: Parameters<typeof keptRoutes>[1]): boolean =>
    keptRoutes([{ ...route, ...rule }], health).length === 0
  expect(statuses.filter((status) => isTold(new Map([[check, status]])))).toEqual(told)
  // Of a check that nothing is known of it is as at first.
  expect(isTold(new Map([['hc-2', 'failed']]))).toBe(rule.isDistributed)
})
