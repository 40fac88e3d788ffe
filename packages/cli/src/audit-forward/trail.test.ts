import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entry, from, noPause } from '../../../../test/support/forwarded.ts'
import type { Batch } from './entry.ts'
import { linesOf } from './lines.ts'
import { type BatchLimits, openTrail } from './trail.ts'

const heading = JSON.stringify({ trail: 'key.0', settledTo: 8 })
const line = (id: number): string => entry(id).text
const limits: BatchLimits = { entries: 3, bytes: 10_000, waitMs: 1000 }
const never = { after: () => () => {} }

async function batchesOf(lines: readonly string[], more: Partial<BatchLimits> = {}): Promise<readonly Batch[]> {
  const trail = await openTrail(from([heading, ...lines]), { limits: { ...limits, ...more }, timers: never })
  const found: Batch[] = []
  for await (const one of trail.batches) found.push(one)
  return found
}
const idsOf = (batches: readonly Batch[]): readonly (readonly number[])[] =>
  batches.map(({ entries }) => entries.map(({ id }) => id))

test('lines are whole however they are cut, with characters of several bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 })), async (sizes) => {
      const bytes = Buffer.from('一{"a":"上海"}\n\n{"b":2}\nrest', 'utf8')
      const chunks: Buffer[] = []
      let at = 0
      for (const size of sizes) {
        chunks.push(bytes.subarray(at, at + size))
        at += size
      }
      chunks.push(bytes.subarray(at))
      const lines: string[] = []
      for await (const one of linesOf(from(chunks))) lines.push(one)
      expect(lines).toEqual(['一{"a":"上海"}', '{"b":2}'])
    }),
  )
})

test('a line without an end is given up at its limit', async () => {
  let chunks = 0
  async function* endless(): AsyncGenerator<string> {
    for (;;) {
      chunks += 1
      yield 'xxxx'
    }
  }
  const reading = linesOf(endless(), 100)
  await expect(reading.next()).rejects.toThrow('more than 100 characters')
  expect(chunks).toBe(26)
})

test('batches have every entry once, in order, and are not larger than the limits', async () => {
  const lines = Array.from({ length: 8 }, (_, index) => line(index + 1))
  expect(idsOf(await batchesOf(lines))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8],
  ])
  const bytes = Buffer.byteLength(line(1)) + 1
  expect(idsOf(await batchesOf(lines, { bytes }))).toEqual([[1], [2], [3], [4], [5], [6], [7], [8]])
})

test('a batch that waits for more entries is sent after a while', async () => {
  let more = (): void => {}
  async function* slow(): AsyncGenerator<string> {
    yield heading
    yield line(1)
    await new Promise<void>((resolve) => {
      more = resolve
    })
    yield line(2)
  }
  const { batches } = await openTrail(slow(), { limits, timers: noPause })
  const taken = batches[Symbol.asyncIterator]()
  expect((await taken.next()).value.entries).toHaveLength(1)
  more()
  expect((await taken.next()).value.entries).toMatchObject([{ id: 2 }])
})

test('a gap is told with the entries that follow it, and only with those', async () => {
  const gap = { after: 1, through: 4 }
  const found = await batchesOf([line(1), JSON.stringify({ gap }), line(5), line(6), line(7), line(8)])
  expect(idsOf(found)).toEqual([[1], [5, 6, 7], [8]])
  expect(found.map((one) => one.gap)).toEqual([undefined, gap, undefined])
})

test('the trail is named before its entries; a server that does not is too old', async () => {
  const trail = await openTrail(from([heading]), { limits, timers: never })
  expect(trail).toMatchObject({ name: 'key.0', settledTo: 8 })
  await expect(openTrail(from([line(1)]), { limits, timers: never })).rejects.toThrow('older than this program')
  await expect(openTrail(from([]), { limits, timers: never })).rejects.toThrow('ended the connection')
})

test('a line that is no entry ends it', async () => {
  await expect(batchesOf(['{"id":"1"}'])).rejects.toThrow('no entry')
})
