import { expect, test } from 'vitest'
import { broken, padded, widthOf } from './width.ts'

test.each([
  ['abc', 3],
  ['网关', 4],
  ['网关-1（主）', 12],
  ['e\u0301', 1],
  ['👍', 2],
])('%s takes %i columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns)
})

test('cells are filled up by columns', () => {
  expect(['网关', 'sag1'].map((cell) => `${padded(cell, 6)}|`)).toEqual(['网关  |', 'sag1  |'])
})

test('a line is broken between words and between wide characters, and no line begins with a mark that ends something', () => {
  expect(broken('网关的序列号，全系统唯一', 12)).toBe('网关的序列\n号，全系统唯\n一')
  expect(broken('the serial number of', 10)).toBe('the serial\nnumber of')
  expect(broken('默认 https://sag.example.com/x', 10)).toBe('默认\nhttps://sag.example.com/x')
  expect(broken('一\n\n二', 10)).toBe('一\n\n二')
})
