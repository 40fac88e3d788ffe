import { expect, test } from 'vitest'
import { base64url, bytesOf } from './bytes.ts'

test.each([
  [[], ''],
  [[251], '-w'],
  [[255, 254], '__4'],
  [[0, 16, 131], 'ABCD'],
  [[251, 239, 190, 255], '----_w'],
])('the bytes %j are %s, and are read again', (bytes, text) => {
  expect(base64url(Uint8Array.from(bytes).buffer)).toBe(text)
  expect([...bytesOf(text)]).toEqual(bytes)
})
