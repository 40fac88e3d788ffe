import { expect, test } from 'vitest'
import { isRegion, regions } from './regions.ts'

test('every region has an id of its own and a name in each language', () => {
  expect(new Set(regions.map(({ id }) => id)).size).toBe(regions.length)
  for (const { id, names } of regions) {
    expect(isRegion(id)).toBe(true)
    expect(Object.values(names).every((name) => name.length > 0)).toBe(true)
  }
})

test('nothing else is a region', () => {
  expect(['', 'cn-beijing', 'CN-SHANGHAI', 'constructor'].map(isRegion)).toEqual([false, false, false, false])
})
