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
