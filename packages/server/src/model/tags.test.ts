import { expect, test } from 'vitest'
import { isTagKey, isTagValue } from './tags.ts'

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
