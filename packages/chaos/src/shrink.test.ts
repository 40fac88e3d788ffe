import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shrink } from './shrink.ts'

test('what is left fails, and fails no more when any one of it is left out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(200), { minLength: 3, maxLength: 60 }), fc.nat(200), async (items, salt) => {
      const needed = items.filter((item) => (item + salt) % 7 === 0)
      const fails = (part: readonly number[]): boolean => needed.every((item) => part.includes(item))
      expect(await shrink(items, fails)).toEqual(needed)
    }),
  )
})
