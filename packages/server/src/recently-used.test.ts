import { expect, test } from 'vitest'
import { createRecentlyUsed } from './recently-used.ts'

test('of more than fit, the one that was not asked for for longest is let go', () => {
  const kept = createRecentlyUsed<string, number>(2)
  kept.set('a', 1)
  kept.set('b', 2)
  expect(kept.get('a')).toBe(1)
  kept.set('c', 3)
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([1, undefined, 3])
})

test('a value that is set again takes no second place', () => {
  const kept = createRecentlyUsed<string, number>(2)
  kept.set('a', 1)
  kept.set('b', 2)
  kept.set('b', 3)
  expect([kept.get('a'), kept.get('b')]).toEqual([1, 3])
})

test('what was deleted is gone', () => {
  const kept = createRecentlyUsed<string, number>(2)
  kept.set('a', 1)
  kept.delete('a')
  expect(kept.get('a')).toBeUndefined()
})
