import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Changes, changesSince } from './fleet-changes.ts'
import { nothingYet, rangesForm, readRanges, rowsInRange, writeRanges } from './fleet-ranges.ts'
import type { ShownRow } from './fleet-row.ts'

/** What is there, by id. */
type Fleet = ReadonlyMap<string, ShownRow>

const row = (SmartAGId: string, Name: string): ShownRow => ({ SmartAGId, Name }) as ShownRow

/** A caller who does with each answer what the documentation says. */
class Caller {
  readonly rows = new Map<string, ShownRow>()
  token = '0'
  heard = 0

  async ask(fleet: Fleet, limit = 5000): Promise<Changes> {
    const ids = [...fleet.keys()].sort()
    const changes = await changesSince({
      ranges: readRanges(this.token),
      total: fleet.size,
      limit,
      next: async (after = '', count) =>
        ids
          .filter((id) => id > after)
          .slice(0, count)
          .map((id) => fleet.get(id) as ShownRow),
    })
    expect(changes.rows.length).toBeLessThanOrEqual(limit)
    for (const { After = '', UpTo } of changes.told) {
      for (const id of [...this.rows.keys()]) if (id > After && (UpTo === undefined || id <= UpTo)) this.rows.delete(id)
    }
    for (const one of changes.rows) this.rows.set(one.SmartAGId, one)
    this.heard += changes.rows.length
    this.token = writeRanges(changes.ranges)
    expect(this.token).toMatch(rangesForm)
    return changes
  }

  async askAll(fleet: Fleet, limit = 5000): Promise<void> {
    while ((await this.ask(fleet, limit)).more);
  }
}

const fleetOf = (count: number): Map<string, ShownRow> =>
  new Map(
    Array.from({ length: count }, (_, index) => {
      const id = `sag-${String((index * 7919) % 1_000_003).padStart(18, '0')}`
      return [id, row(id, `branch-${index}`)] as const
    }),
  )

describe('what has changed in a fleet since a caller asked last', () => {
  test('the first time it is everything, in full answers, and then nothing', async () => {
    const fleet = fleetOf(12_345)
    const caller = new Caller()
    const answers = [await caller.ask(fleet), await caller.ask(fleet), await caller.ask(fleet)]
    expect(answers.map(({ rows, more }) => [rows.length, more])).toEqual([
      [5000, true],
      [5000, true],
      [2345, false],
    ])
    expect(new Map([...caller.rows].sort())).toEqual(new Map([...fleet].sort()))
    const { rows, told, more } = await caller.ask(fleet)
    expect({ rows, told, more }).toEqual({ rows: [], told: [], more: false })
  })

  test('one row that changes, comes or goes costs one range, of 20,000 instances fewer than 100 rows', async () => {
    const fleet = fleetOf(20_000)
    const caller = new Caller()
    await caller.askAll(fleet)
    expect(caller.token.length).toBeLessThan(6000)
    const [changed = '', gone = ''] = [...fleet.keys()].slice(50)
    for (const change of [
      () => fleet.set(changed, row(changed, 'another name')),
      () => fleet.delete(gone),
      () => fleet.set('sag-zz', row('sag-zz', 'the last of all')),
      () => fleet.set('sag-0', row('sag-0', 'the first of all')),
    ]) {
      change()
      caller.heard = 0
      await caller.askAll(fleet)
      expect(caller.heard).toBeLessThan(100)
      expect(caller.rows.get(changed)).toEqual(fleet.get(changed))
      expect(caller.rows.size).toBe(fleet.size)
    }
    expect(caller.rows.has(gone)).toBe(false)
  })

  test('whatever happens between and within its calls, a caller ends with what is there', async () => {
    const ids = fc.integer({ min: 0, max: 60 }).map((n) => `sag-${n.toString(36)}`)
    const change = fc.record({ id: ids, name: fc.constantFrom('a', 'b', undefined) })
    const step = fc.record({ changes: fc.array(change, { maxLength: 30 }), limit: fc.integer({ min: 1, max: 12 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const fleet = new Map<string, ShownRow>()
        const caller = new Caller()
        for (const { changes, limit } of steps) {
          for (const { id, name } of changes) name === undefined ? fleet.delete(id) : fleet.set(id, row(id, name))
          await caller.ask(fleet, limit)
        }
        // While rows move, an answer may have rows of two moments; once they rest, the next round sets that right.
        await caller.askAll(fleet, 3)
        await caller.askAll(fleet, 3)
        expect(new Map([...caller.rows].sort())).toEqual(new Map([...fleet].sort()))
      }),
    )
  })

  test('what is small enough to be answered is answered in one range, however small its room is', async () => {
    const fleet = fleetOf(30)
    const caller = new Caller()
    await caller.askAll(fleet, 1)
    expect(caller.rows.size).toBe(30)
    const { rows, more } = await caller.ask(fleet, 1)
    expect({ rows, more }).toEqual({ rows: [], more: false })
  })
})

describe('the token', () => {
  test.each(['0', '1.0.~', '1.5.~', '1.0.00sag-b~.00sag-a~.~', '1.0.zzsag-a~.00sag-a~.~', '1.0.00~.~'])(
    '%s has the form, and is that of a caller who has nothing',
    (token) => {
      expect(token).toMatch(rangesForm)
      expect(readRanges(token)).toEqual(nothingYet)
    },
  )

  test.each(['', '1', '1.0', '2.0.~', '1.0.00sag-a~12345678', '1.0.00SAG~.~', '1.0.~123456789', ' 0'])(
    '“%s” has not',
    (token) => expect(token).not.toMatch(rangesForm),
  )

  test('of a fleet that was cut into too many ranges it begins anew', () => {
    const all = Array.from({ length: 1025 }, (_, index) => ({ upTo: `sag-${10_000 + index}`, digest: undefined }))
    expect(readRanges(writeRanges({ from: 0, all: [...all, { upTo: undefined, digest: undefined }] }))).toEqual(
      nothingYet,
    )
  })

  test('ranges grow with the fleet, so that their number does not', () => {
    expect([0, 100, 20_000, 1_000_000].map(rowsInRange)).toEqual([8, 8, 79, 3907])
  })
})
