import fc from 'fast-check'
import { expect, test } from 'vitest'
import { howToForget, type OldestPartition, partitionSize } from './partitions.ts'

const limits = { before: 1000, spanMs: 100, mostBytes: 16_000, goneBytes: 0 }
const last = { number: 5, newest_at: 900, total_bytes: 1000 }
const closed: OldestPartition = { isClosed: true, last }

test.each([
  ['nothing is overdue', { byAge: 0, bySize: 0 }, closed, 'nothing'],
  ['all of a partition is too old', { byAge: 5, bySize: 0 }, closed, 'partition'],
  ['nothing in a partition counts any more', { byAge: 0, bySize: 0 }, { isClosed: true, last: undefined }, 'partition'],
  [
    'some of it is too old, and the newest soon will be',
    { byAge: 4, bySize: 0 },
    { isClosed: true, last: { ...last, newest_at: 1099 } },
    'wait',
  ],
  [
    'some of it is too old, and the newest will not be for long',
    { byAge: 4, bySize: 0 },
    { isClosed: true, last: { ...last, newest_at: 1100 } },
    'seal',
  ],
  ['there is too much', { byAge: 0, bySize: 1 }, closed, 'partition'],
  [
    'there is too much, and nearly all of it is in the oldest partition',
    { byAge: 0, bySize: 1 },
    { isClosed: true, last: { ...last, total_bytes: 2001 } },
    'seal',
  ],
  ['entries still come to the oldest partition', { byAge: 5, bySize: 0 }, { isClosed: false, last }, 'seal'],
  ['there are no partitions', { byAge: 0, bySize: 1 }, undefined, 'seal'],
] as const)('%s', (_when, overdue, partition, how) => {
  expect(howToForget(overdue, partition, limits)).toBe(how)
})

test('no entry goes before its time for its age, and none stays when there is too much', () => {
  const number = fc.integer({ min: 0, max: 10 })
  const seal = fc.record({
    number: fc.integer({ min: 1, max: 10 }),
    newest_at: fc.integer({ min: 0, max: 3000 }),
    total_bytes: fc.integer({ min: 1, max: 30_000 }),
  })
  fc.assert(
    fc.property(number, number, fc.boolean(), seal, (byAge, bySize, isClosed, oldest) => {
      const how = howToForget({ byAge, bySize }, { isClosed, last: oldest }, limits)
      if (how === 'partition' && bySize === 0) expect(oldest.number).toBeLessThanOrEqual(byAge)
      if (bySize > 0) expect(['partition', 'seal']).toContain(how)
      if (!isClosed) expect(['seal', 'nothing']).toContain(how)
    }),
  )
})

test('a trail has about sixteen partitions, whether time or size bounds it', () => {
  expect(partitionSize(160, 5_000_000_000)).toEqual({ spanMs: 10, entries: 610_352 })
  expect([partitionSize(160, 1), partitionSize(160, Number.MAX_SAFE_INTEGER)].map(({ entries }) => entries)).toEqual([
    10_000, 5_000_000,
  ])
})
