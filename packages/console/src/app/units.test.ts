import { expect, test } from 'vitest'
import { bytesText, rateText } from './units.ts'

test.each([
  [0, '0 bit/s'],
  [999, '999 bit/s'],
  [1_000, '1 kbit/s'],
  [1_540, '1.5 kbit/s'],
  [15_400, '15 kbit/s'],
  [999_600, '1 Mbit/s'],
  [2 ** 53, '9007 Tbit/s'],
])('%d bits a second are %s', (bits, text) => {
  expect(rateText(bits)).toBe(text)
})

test.each([
  [999, '999 B'],
  [1_540, '1.5 kB'],
  [999_600, '1 MB'],
  [2 ** 53, '9 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
