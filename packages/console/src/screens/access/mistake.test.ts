import { expect, test } from 'vitest'
import { mistakeOf, offsetOf } from './mistake.ts'

test('the place of a mistake is read off the message', () => {
  expect(mistakeOf('The specified policy document is malformed. Line 3, column 14: unknown key')).toEqual({
    message: 'unknown key',
    line: 3,
    column: 14,
  })
  expect(mistakeOf('Something else')).toEqual({ message: 'Something else', line: undefined, column: undefined })
})

test('a place is a position in the text', () => {
  const text = 'one\ntwo\nthree'
  expect(text.slice(offsetOf(text, 2, 2))).toBe('wo\nthree')
  expect(offsetOf(text, 1, 1)).toBe(0)
  expect(offsetOf(text, 9, 1)).toBe(text.length)
})
