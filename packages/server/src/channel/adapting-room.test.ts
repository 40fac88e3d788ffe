import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAdaptingRoom, leastAtOnce, wantedMs } from './adapting-room.ts'

const slow = wantedMs + 1

test('there is never room for more than the most, nor for fewer than the least', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.integer({ min: 0, max: 60_000 })), (most, times) => {
      const room = createAdaptingRoom(most)
      for (const took of times) {
        room.enter()(took)
        expect(room.size()).toBeGreaterThanOrEqual(Math.min(most, leastAtOnce))
        expect(room.size()).toBeLessThanOrEqual(most)
      }
    }),
  )
})

test('those who came before it shrank do not shrink it once more, and one who came after does', () => {
  const room = createAdaptingRoom(100)
  const before = Array.from({ length: 100 }, () => room.enter())
  for (const served of before) served(slow)
  expect(room.size()).toBe(70)
  room.enter()(slow)
  expect(room.size()).toBe(49)
})

test('it shrinks by more, the longer the store took', () => {
  const after = (tookMs: number): number => {
    const room = createAdaptingRoom(100)
    room.enter()(tookMs)
    return room.size()
  }
  expect([slow, 2 * wantedMs, 20 * wantedMs].map(after)).toEqual([70, 50, 25])
})

test('each roomful that is served in time makes room for one more, up to the most', () => {
  const room = createAdaptingRoom(40)
  room.enter()(slow)
  const before = room.size()
  for (let one = 0; one <= before; one++) room.enter()(wantedMs)
  expect(room.size()).toBe(before + 1)
  for (let one = 0; one < 10_000; one++) room.enter()(wantedMs)
  expect(room.size()).toBe(40)
})

const patienceMs = 20_000
const networkMs = 60

interface Database {
  /** A commit takes so long, and so much longer for each that it is for. */
  readonly commitMs: number
  readonly eachMs: number
}

/** Admitted in the second half of what follows on `beforeMs`, where somebody always wants to come in. */
function admitted(
  room: { size(): number; enter(): (tookMs: number) => void },
  {
    before,
    during,
    beforeMs,
    duringMs,
  }: Readonly<Record<'before' | 'during', Database>> & {
    readonly beforeMs: number
    readonly duringMs: number
  },
): number {
  let [now, count, inside] = [0, 0, [] as { readonly since: number; readonly served: (tookMs: number) => void }[]]
  while (now < beforeMs + duringMs) {
    const { commitMs, eachMs } = now < beforeMs ? before : during
    while (inside.length < room.size()) inside.push({ since: now + (inside.length % networkMs), served: room.enter() })
    const [those, later] = [inside.filter(({ since }) => since <= now), inside.filter(({ since }) => since > now)]
    now += those.length === 0 ? 1 : commitMs + eachMs * those.length
    for (const { since, served } of those) {
      served(Math.min(now - since, patienceMs))
      if (now - since < patienceMs && now >= beforeMs + duringMs / 2) count++
    }
    inside = later
  }
  return count
}

const database = fc.record({ commitMs: fc.integer({ min: 20, max: 200 }), eachMs: fc.integer({ min: 0, max: 900 }) })

test('whatever the database managed before, a quarter or more of what is possible now is admitted after two minutes', () => {
  fc.assert(
    fc.property(database, database, (before, during) => {
      const most = 128
      const times = { before, during, beforeMs: 60_000, duringMs: 240_000 }
      const fixed = (size: number) => ({ size: () => size, enter: () => () => {} })
      const best = Math.max(...[8, 32, most].map((size) => admitted(fixed(size), times)))
      expect(admitted(createAdaptingRoom(most), times)).toBeGreaterThanOrEqual(best / 4)
    }),
    { numRuns: 50 },
  )
})
