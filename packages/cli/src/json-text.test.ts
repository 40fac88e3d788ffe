import { expect, test } from 'vitest'
import { parseJson } from './json-text.ts'

test('what is JSON is its value', () => {
  expect(parseJson('{"a": [1]}')).toEqual({ value: { a: [1] } })
})

test.each([
  ['', 'is not valid JSON: it ends too early'],
  ['{"a": 1,\n  "b": 2\n  "secret": 3}', 'is not valid JSON: see line 3, column 3'],
  ['secret', 'is not valid JSON'],
])('%j is said to be none, with the place where it is known, and nothing of it is repeated', (text, mistake) => {
  expect(parseJson(text)).toEqual({ mistake })
})
