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
  expect([admissionLimit.enter(), admissionLimit.enter(), admissionLimit.enter(), admissionLimit.enter()]).toEqual([
    true,
    true,
    true,
    false,
  ])
  pass(10_000)
  expect(admissionLimit.enter()).toBe(false)
  admissionLimit.leave(10)
  expect([admissionLimit.enter(), admissionLimit.enter()]).toEqual([true, false])
})

test('no more in a second than are allowed, however quick they are', () => {
  const { admissionLimit, pass } = createWorld()
  let entered = 0
  for (let millisecond = 0; millisecond < 10_000; millisecond++) {
    if (admissionLimit.enter()) {
      entered++
      admissionLimit.leave(1)
    }
    pass(1)
  }
  expect(entered).toBeLessThanOrEqual(103)
  expect(entered).toBeGreaterThan(95)
})

test('who finds it full is told a time of its own, one after the other', () => {
  const { admissionLimit } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter()
  const told = Array.from({ length: 100 }, () => admissionLimit.later())
  for (let i = 1; i < told.length; i++) expect(Math.round((told[i] ?? 0) - (told[i - 1] ?? 0))).toBe(100)
  expect(told[0]).toBeLessThanOrEqual(200)
})

test('times that were told and are over are nobody’s any more', () => {
  const { admissionLimit, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter()
  for (let gateway = 0; gateway < 50; gateway++) admissionLimit.later()
  pass(60_000)
  expect(admissionLimit.later()).toBeLessThanOrEqual(200)
})

test('with handshakes that take long the times lie further apart', () => {
  const { admissionLimit } = createWorld()
  for (let handshake = 0; handshake < 200; handshake++) {
    admissionLimit.enter()
    admissionLimit.leave(3000)
  }
  const [first, second] = [admissionLimit.later(), admissionLimit.later()]
  expect(second - first).toBeGreaterThan(900)
})

test('a clock that is set back gives away no later times', () => {
  const { admissionLimit, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter()
  admissionLimit.later()
  pass(-900_000)
  expect(admissionLimit.later()).toBeLessThanOrEqual(500)
})

test('a clock that is set while handshakes are under way says nothing about how long they take', () => {
  const { admissionLimit } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) admissionLimit.enter()
  admissionLimit.leave(86_400_000)
  expect(admissionLimit.later()).toBeLessThanOrEqual(500)
})
