import { expect, test } from 'vitest'
import { chosen } from './chosen.svelte.ts'

test('few are in the address itself', () => {
  expect(chosen.hand(['sag-a', 'sag-b'])).toBe('sag-a,sag-b')
  expect(chosen.take('sag-a,sag-b,,sag-a')).toEqual(['sag-a', 'sag-b'])
  expect([chosen.take(null), chosen.take('')]).toEqual([undefined, undefined])
})

test('many are remembered by the page, the last ten times', () => {
  const many = Array.from({ length: 500 }, (_, index) => `sag-${index}`)
  const first = chosen.hand(many)
  expect(first.length).toBeLessThan(60)
  expect(chosen.take(first)).toEqual(many)
  for (let times = 0; times < 10; times += 1) chosen.hand(many)
  expect(chosen.take(first)).toBe('forgotten')
  expect(chosen.take('kept-by-another-page')).toBe('forgotten')
})
