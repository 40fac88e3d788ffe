import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasTags, isTagKey, isTagValue, type Tags, tagText, withoutTags, withTags } from './tags.ts'

test.each([
  ['env', true, true],
  ['x'.repeat(128), true, true],
  ['x'.repeat(129), false, false],
  [undefined, false, true],
  ['aliyun-own', false, false],
  ['ACS:own', false, false],
  ['see http://here', false, false],
])('%s', (text, asKey, asValue) => {
  expect([isTagKey(text), isTagValue(text)]).toEqual([asKey, asValue])
})

const tags: fc.Arbitrary<Tags> = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'env', '__proto__', 'constructor', '1'))
  .chain((keys) => fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), fc.string()))))

test('each key is there once, in order, with the value that was given last', () => {
  fc.assert(
    fc.property(tags, tags, (before, given) => {
      const after = withTags(before, given)
      const keys = after.map(([key]) => key)
      expect(keys).toEqual([...new Set([...before, ...given].map(([key]) => key))].sort())
      expect(hasTags(after, given)).toBe(true)
      const gone = given.map(([key]) => key)
      expect(withoutTags(after, gone)).toEqual(withoutTags(withTags(before, []), gone))
      expect(withTags(after, given)).toEqual(after)
    }),
  )
})

test('what is missing or has another value is not there', () => {
  expect(hasTags([['env', 'prod']], [['env', 'test']])).toBe(false)
  expect(hasTags([], [['env', '']])).toBe(false)
  expect(tagText(['env', 'prod'])).toBe('env=prod')
  expect(tagText(['critical', ''])).toBe('critical')
})
