import { expect, test } from 'vitest'
import { createRun } from './fingerprint-run.ts'
import { createFingerprintReader, lanes } from './fingerprints.ts'
import { hashOf } from './testing/hashes.suite.ts'

const reader = createFingerprintReader()

function cellsOf(hashes: readonly string[]): Int32Array {
  const cells = new Int32Array(hashes.length * lanes)
  for (const [index, hash] of hashes.entries()) cells.set(reader.read(hash), index * lanes)
  return cells
}

const hashes = (count: number, name = ''): readonly string[] =>
  Array.from({ length: count }, (_, index) => hashOf(`${name}${index}`))

test.each([0, 1, 2, 7, 8, 15, 16, 17, 100, 5000, 70_000])('a run of %i has each of them, and no other', (count) => {
  const run = createRun(cellsOf(hashes(count)))
  expect(run.size).toBe(count)
  for (const hash of hashes(count)) if (!run.has(reader.read(hash))) expect.unreachable(`${hash} is lost`)
  for (const hash of hashes(1000, 'other ')) if (run.has(reader.read(hash))) expect.unreachable(`${hash} is not in it`)
})

test('a run tells apart what differs in one bit of its 128', () => {
  const bytes = Buffer.from(hashOf('one'), 'base64url').subarray(0, 16)
  const run = createRun(cellsOf([...hashes(100), bytes.toString('base64url')]))
  expect(run.has(reader.read(bytes.toString('base64url')))).toBe(true)
  for (let bit = 0; bit < 128; bit++) {
    const other = Buffer.from(bytes)
    other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7))
    expect(run.has(reader.read(other.toString('base64url')))).toBe(false)
  }
})

test('what a run has written is a run again as it stands, and takes up no more than 18 bytes for each', () => {
  const run = createRun(cellsOf(hashes(70_000)))
  expect(run.bytes / run.size).toBeLessThanOrEqual(18)
  const again = createRun(run.cells)
  expect(again.cells).toBe(run.cells)
  for (const hash of hashes(70_000)) if (!again.has(reader.read(hash))) expect.unreachable(`${hash} is lost`)
})

test('a run that something else has put in another order still has each of them', () => {
  const turned = cellsOf([...hashes(5000)].reverse())
  const run = createRun(turned)
  expect(run.cells).not.toBe(turned)
  for (const hash of hashes(5000)) if (!run.has(reader.read(hash))) expect.unreachable(`${hash} is lost`)
})
