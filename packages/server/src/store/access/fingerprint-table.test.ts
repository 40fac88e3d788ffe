import { expect, test } from 'vitest'
import { createFingerprintTable, partCount } from './fingerprint-table.ts'
import { createFingerprintReader } from './fingerprints.ts'
import { hashOf } from './testing/hashes.suite.ts'

const reader = createFingerprintReader()

test('a table tells apart what differs in one bit of its 128, and takes a fingerprint of nothing but zeros', () => {
  const table = createFingerprintTable()
  const read = (bytes: Buffer): Int32Array => reader.read(bytes.toString('base64url'))
  const zeros = Buffer.alloc(16)
  table.add(read(zeros), 0)
  expect(table.has(read(zeros))).toBe(true)
  for (let bit = 0; bit < 127; bit++) {
    const other = Buffer.alloc(16)
    // A fingerprint of nothing but zeros would be a free place: the last of its numbers is 1 instead.
    other[bit >> 3] = bit === 96 ? 2 : 1 << (bit & 7)
    expect(table.has(read(other))).toBe(bit === 97)
    table.add(read(other), 0)
    expect(table.has(read(other))).toBe(true)
  }
})

test('a table keeps each of very many with its number, once', () => {
  const table = createFingerprintTable()
  const many = 20_000
  for (let twice = 0; twice < 2; twice++) {
    for (let index = 0; index < many; index++) table.add(reader.read(hashOf(index)), twice === 0 ? index : -1)
  }
  expect(table.size).toBe(many)
  const found = new Map<string, number>()
  table.each((cells, at, tag) => void found.set(cells.subarray(at, at + 4).join(), tag))
  const expected = Array.from({ length: many }, (_, index) => [reader.read(hashOf(index)).join(), index] as const)
  expect(found).toEqual(new Map(expected))
  expect(table.has(reader.read(hashOf(many)))).toBe(false)
})

test('a table with very many copies only a small part of them at once to grow', () => {
  const table = createFingerprintTable()
  const many = 50_000
  let mostAtOnce = 0
  let before = table.bytes
  for (let index = 0; index < many; index++) {
    table.add(reader.read(hashOf(index)), 0)
    mostAtOnce = Math.max(mostAtOnce, table.bytes - before)
    before = table.bytes
  }
  expect(mostAtOnce).toBeLessThan((many * 50) / (partCount / 4))
  expect(table.bytes).toBeLessThanOrEqual(50 * many)
})
