import { expect, test } from 'vitest'
import { type Block, overlap, parseBlock, within } from './cidr.ts'

const block = (text: string): Block => parseBlock(text) as Block

test.each([
  ['10.0.0.0/24', '10.0.0.128/25', true],
  ['10.0.0.0/24', '10.0.1.0/24', false],
  ['10.0.0.7/32', '10.0.0.7/32', true],
  ['10.0.0.7/32', '10.0.0.0/29', true],
  ['10.0.0.8/32', '10.0.0.0/29', false],
])('%s and %s share an address: %s', (one, other, expected) => {
  expect(overlap(block(one), block(other))).toBe(expected)
  expect(overlap(block(other), block(one))).toBe(expected)
})

test('a network is within itself and what is wider', () => {
  expect(within(block('10.0.0.0/8'), block('10.1.0.0/16'))).toBe(true)
  expect(within(block('10.1.0.0/16'), block('10.1.0.0/16'))).toBe(true)
  expect(within(block('10.1.0.0/16'), block('10.0.0.0/8'))).toBe(false)
})

test.each(['10.0.0.1/24', '10.0.0.0/33', '10.0.0.0', '10.0.0/24', '10.0.0.256/32', '010.0.0.0/8', ''])(
  '%j is no network',
  (text) => {
    expect(parseBlock(text)).toBeUndefined()
  },
)
