import { cidrAt, contains, overlaps } from '@opensag/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeBlock } from './free-block.ts'

const range = cidrAt(10 * 2 ** 24, 24)
const inRange = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([offset, length]) => cidrAt(range.first + offset - (offset % 2 ** (32 - length)), length))

test('the offered block is the first in the range that nothing taken overlaps, and there is none only if each is taken', () => {
  fc.assert(
    fc.property(fc.array(inRange, { maxLength: 30 }), fc.integer({ min: 24, max: 30 }), (taken, length) => {
      const size = 2 ** (32 - length)
      const all = Array.from({ length: 256 / size }, (_, index) => cidrAt(range.first + index * size, length))
      const expected = all.find((block) => !taken.some((one) => overlaps(one, block)))
      expect(freeBlock([range], length, taken)).toEqual(expected)
    }),
  )
})

test('the next range is used when the first is full, and one that is smaller than the block is not', () => {
  const next = cidrAt(192 * 2 ** 24 + 168 * 2 ** 16, 16)
  const small = cidrAt(range.first, 25)
  expect(freeBlock([range, next], 24, [range])?.cidr).toBe('192.168.0.0/24')
  expect(freeBlock([small, next], 24, [])?.cidr).toBe('192.168.0.0/24')
  expect(freeBlock([small], 24, [])).toBeUndefined()
  expect(contains(next, freeBlock([next], 16, []) ?? range)).toBe(true)
})
