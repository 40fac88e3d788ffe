import { expect, test } from 'vitest'
import { createAdmissionLimit } from './admission-limit.ts'

function createWorld() {
  let now = 1_000_000
  const admissionLimit = createAdmissionLimit({ atOnce: 3, perSecond: 10, wallClock: () => now })
  return {
    admissionLimit,
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
}

test('no more at once than are allowed', () => {
  const { admissionLimit, pass } = createWorld()
  expect([
    admissionLimit.enter('known'),
    admissionLimit.enter('known'),
    admissionLimit.enter('known'),
    admissionLimit.enter('known'),
  ]).toEqual([true, true, true, false])
  pass(10_000)
  expect(admissionLimit.enter('known')).toBe(false)
  admissionLimit.leave('known', 10)
  expect([admissionLimit.enter('known'), admissionLimit.enter('known')]).toEqual([true, false])
})

test('no more in a second than are allowed, however quick they are', () => {
  const { admissionLimit, pass } = createWorld()
  let entered = 0
  for (let millisecond = 0; millisecond < 10_000; millisecond++) {
    if (admissionLimit.enter('known')) {
      entered++
      admissionLimit.leave('known', 1)
    }
    pass(1)
  }
  expect(entered).toBeLessThanOrEqual(103)
  expect(entered).toBeGreaterThan(95)
})

test('who finds it full is told a time of its own, one after the other', () => {
  const { admissionLimit } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter('known')
  const told = Array.from({ length: 100 }, () => admissionLimit.later('known'))
  for (let i = 1; i < told.length; i++) expect(Math.round((told[i] ?? 0) - (told[i - 1] ?? 0))).toBe(100)
  expect(told[0]).toBeLessThanOrEqual(200)
})

test('times that were told and are over are nobody’s any more', () => {
  const { admissionLimit, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter('known')
  for (let gateway = 0; gateway < 50; gateway++) admissionLimit.later('known')
  pass(60_000)
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(200)
})

test('with handshakes that take long the times lie further apart', () => {
  const { admissionLimit } = createWorld()
  for (let handshake = 0; handshake < 200; handshake++) {
    admissionLimit.enter('known')
    admissionLimit.leave('known', 3000)
  }
  const [first, second] = [admissionLimit.later('known'), admissionLimit.later('known')]
  expect(second - first).toBeGreaterThan(900)
})

test('a clock that is set back gives away no later times', () => {
  const { admissionLimit, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter('known')
  admissionLimit.later('known')
  pass(-900_000)
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(500)
})

test('a clock that is set while handshakes are under way says nothing about how long they take', () => {
  const { admissionLimit } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter('known')
  admissionLimit.leave('known', 86_400_000)
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(500)
})

test('strangers never have all places nor all of the rate, known ones may', () => {
  let now = 1_000_000
  const limit = createAdmissionLimit({ atOnce: 8, perSecond: 8, wallClock: () => now })
  const entered = (from: 'known' | 'stranger'): number =>
    Array.from({ length: 20 }, () => limit.enter(from)).filter(Boolean).length
  expect([entered('stranger'), entered('known')]).toEqual([6, 2])
  for (let one = 0; one < 6; one++) limit.leave('stranger', 1)
  for (let one = 0; one < 2; one++) limit.leave('known', 1)
  let [strangers, known] = [0, 0]
  for (let millisecond = 0; millisecond < 10_000; millisecond++) {
    now++
    if (limit.enter('stranger')) {
      strangers++
      limit.leave('stranger', 1)
    }
    if (limit.enter('known')) {
      known++
      limit.leave('known', 1)
    }
  }
  expect(strangers).toBeLessThanOrEqual(60)
  expect(known).toBeGreaterThan(15)
})

test('strangers who are told to come later take no place of known ones', () => {
  const { admissionLimit } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter('known')
  for (let one = 0; one < 1000; one++) admissionLimit.later('stranger')
  expect(admissionLimit.later('known')).toBeLessThanOrEqual(200)
})

test('room is needed when places are taken, not when the rate is used up', () => {
  const { admissionLimit, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter('known')
  expect(admissionLimit.needsRoom('known')).toBe(false)
  pass(1000)
  expect(admissionLimit.needsRoom('known')).toBe(true)
  admissionLimit.leave('known', 1)
  expect(admissionLimit.needsRoom('known')).toBe(false)
})
