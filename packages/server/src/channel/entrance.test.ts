import { expect, test } from 'vitest'
import { createEntrance } from './entrance.ts'

function createWorld() {
  let now = 1_000_000
  const entrance = createEntrance({ atOnce: 3, perSecond: 10, wallClock: () => now })
  return {
    entrance,
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
}

test('no more at once than are allowed', () => {
  const { entrance, pass } = createWorld()
  expect([entrance.enter(), entrance.enter(), entrance.enter(), entrance.enter()]).toEqual([true, true, true, false])
  pass(10_000)
  expect(entrance.enter()).toBe(false)
  entrance.leave(10)
  expect([entrance.enter(), entrance.enter()]).toEqual([true, false])
})

test('no more in a second than are allowed, however quick they are', () => {
  const { entrance, pass } = createWorld()
  let entered = 0
  for (let millisecond = 0; millisecond < 10_000; millisecond++) {
    if (entrance.enter()) {
      entered++
      entrance.leave(1)
    }
    pass(1)
  }
  expect(entered).toBeLessThanOrEqual(103)
  expect(entered).toBeGreaterThan(95)
})

test('who finds it full is told a time of its own, one after the other', () => {
  const { entrance } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) entrance.enter()
  const told = Array.from({ length: 100 }, () => entrance.later())
  for (let i = 1; i < told.length; i++) expect(Math.round((told[i] ?? 0) - (told[i - 1] ?? 0))).toBe(100)
  expect(told[0]).toBeLessThanOrEqual(200)
})

test('times that were told and are over are nobody’s any more', () => {
  const { entrance, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) entrance.enter()
  for (let gateway = 0; gateway < 50; gateway++) entrance.later()
  pass(60_000)
  expect(entrance.later()).toBeLessThanOrEqual(200)
})

test('with handshakes that take long the times lie further apart', () => {
  const { entrance } = createWorld()
  for (let handshake = 0; handshake < 200; handshake++) {
    entrance.enter()
    entrance.leave(3000)
  }
  const [first, second] = [entrance.later(), entrance.later()]
  expect(second - first).toBeGreaterThan(900)
})

test('a clock that is set back gives away no later times', () => {
  const { entrance, pass } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) entrance.enter()
  entrance.later()
  pass(-900_000)
  expect(entrance.later()).toBeLessThanOrEqual(500)
})

test('a clock that is set while handshakes are under way says nothing about how long they take', () => {
  const { entrance } = createWorld()
  for (let gateway = 0; gateway < 3; gateway++) entrance.enter()
  entrance.leave(86_400_000)
  expect(entrance.later()).toBeLessThanOrEqual(500)
})
