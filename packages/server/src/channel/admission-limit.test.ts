import { expect, test } from 'vitest'
import { createAdmissionLimit, type From, type Inside } from './admission-limit.ts'

function createWorld(limits = { atOnce: 3, perSecond: 10 }) {
  let now = 1_000_000
  const inside: Inside[] = []
  const admissionLimit = createAdmissionLimit({ ...limits, wallClock: () => now })
  return {
    admissionLimit,
    /** What is inside, as it came in. */
    inside,
    enter(from: From = 'known'): boolean {
      const one = admissionLimit.enter(from)
      if (one !== undefined) inside.push(one)
      return one !== undefined
    },
    leave: (tookMs: number) => inside.shift()?.leave(tookMs),
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
}

test('no more at once than are allowed', () => {
  const { enter, leave, pass } = createWorld()
  expect([enter(), enter(), enter(), enter()]).toEqual([true, true, true, false])
  pass(10_000)
  expect(enter()).toBe(false)
  leave(10)
  expect([enter(), enter()]).toEqual([true, false])
})

test('no more in a second than are allowed, however quick they are', () => {
  const { enter, leave, pass } = createWorld()
  let entered = 0
  for (let millisecond = 0; millisecond < 10_000; millisecond++) {
    if (enter()) {
      entered++
      leave(1)
    }
    pass(1)
  }
  expect(entered).toBeLessThanOrEqual(103)
  expect(entered).toBeGreaterThan(95)
})

test('who finds it full is told a time of its own, one after the other', () => {
  const { admissionLimit, enter } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) enter()
  const told = Array.from({ length: 100 }, () => admissionLimit.later('known'))
  for (let i = 1; i < told.length; i++) expect(Math.round((told[i] ?? 0) - (told[i - 1] ?? 0))).toBe(100)
  expect(told[0]).toBeLessThanOrEqual(200)
})

test('times that were told and are over are nobody’s any more', () => {
  const { admissionLimit, enter, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) enter()
  for (let gateway = 0; gateway < 50; gateway++) admissionLimit.later('known')
  pass(60_000)
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(200)
})

test('with handshakes that take long the times lie further apart', () => {
  const { admissionLimit, enter, leave, pass } = createWorld()
  for (let handshake = 0; handshake < 200; handshake++) {
    pass(100)
    enter()
    leave(3000)
  }
  const [first, second] = [admissionLimit.later('known'), admissionLimit.later('known')]
  expect(second - first).toBeGreaterThan(900)
})

test('a clock that is set back gives away no later times', () => {
  const { admissionLimit, enter, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) enter()
  admissionLimit.later('known')
  pass(-900_000)
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(500)
})

test('a clock that is set while handshakes are under way says nothing about how long they take', () => {
  const { admissionLimit, enter, leave } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) enter()
  leave(86_400_000)
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(500)
})

test('strangers never have all places nor all of the rate, known ones may', () => {
  const { enter, leave, pass } = createWorld({ atOnce: 8, perSecond: 8 })
  const entered = (from: From): number => Array.from({ length: 20 }, () => enter(from)).filter(Boolean).length
  expect([entered('stranger'), entered('known')]).toEqual([6, 2])
  for (let one = 0; one < 8; one++) leave(1)
  let [strangers, known] = [0, 0]
  for (let millisecond = 0; millisecond < 10_000; millisecond++) {
    pass(1)
    if (enter('stranger')) {
      strangers++
      leave(1)
    }
    if (enter('known')) {
      known++
      leave(1)
    }
  }
  expect(strangers).toBeLessThanOrEqual(60)
  expect(known).toBeGreaterThan(15)
})

test('strangers who are told to come later take no place of known ones', () => {
  const { admissionLimit, enter } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) enter()
  for (let one = 0; one < 1000; one++) admissionLimit.later('stranger')
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(200)
})

test('room is needed when places are taken, not when the rate is used up', () => {
  const { admissionLimit, enter, leave, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) enter()
  expect(admissionLimit.needsRoom('known')).toBe(false)
  pass(1000)
  expect(admissionLimit.needsRoom('known')).toBe(true)
  leave(1)
  expect(admissionLimit.needsRoom('known')).toBe(false)
})

test('while the store is slow to admit, fewer are let in at once, and strangers have their share of those', () => {
  const { admissionLimit, inside, enter, leave, pass } = createWorld({ atOnce: 64, perSecond: 10_000 })
  for (let gateway = 0; gateway < 64; gateway++) enter()
  inside[0]?.served(20_000)
  for (let gateway = 0; gateway < 64; gateway++) leave(20_000)
  pass(1000)
  const entered = (from: From): number => Array.from({ length: 64 }, () => enter(from)).filter(Boolean).length
  expect([entered('stranger'), entered('known')]).toEqual([12, 4])
  expect(admissionLimit.needsRoom('known')).toBe(true)
})

test('who is told a time is told how fast they come through, not how long those took that were let in as too many', () => {
  const { admissionLimit, inside, enter, leave, pass } = createWorld({ atOnce: 64, perSecond: 10_000 })
  for (let round = 0; round < 4; round++) {
    pass(1000)
    while (enter());
    inside[0]?.served(20_000)
    while (inside.length > 0) leave(312.5 * inside.length)
  }
  const [first, second] = [admissionLimit.later('known'), admissionLimit.later('known')]
  expect(second - first).toBeLessThan(400)
})
