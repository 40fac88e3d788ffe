import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createSharedPaces } from './shared-paces.ts'

function create(perSecond = 10, savedSeconds = 2) {
  const time = createManualTime()
  const paces = createSharedPaces({ perSecond, savedSeconds, now: time.timers.now, seed: 1234 })
  const taken = (name: string, times: number): number =>
    Array.from({ length: times }, () => paces.take(name)).filter((waitMs) => waitMs === 0).length
  return { time, paces, taken }
}

test('a name has what it saved at once, then what comes back, and is told when', () => {
  const { time, paces, taken } = create()
  expect(taken('a', 100)).toBe(20)
  expect(paces.take('a')).toBeCloseTo(100)
  time.advance(50)
  expect(paces.take('a')).toBeCloseTo(50)
  time.advance(50)
  expect(paces.take('a')).toBe(0)
  time.advance(1000)
  expect(taken('a', 100)).toBe(10)
  time.advance(1_000_000)
  expect(taken('a', 100)).toBe(20)
})

test('a name that is refused owes nothing for it', () => {
  const { time, taken } = create()
  expect(taken('a', 1000)).toBe(20)
  time.advance(100)
  expect(taken('a', 1000)).toBe(1)
})

test('thousands of names that have nothing left take from no other', () => {
  const { taken } = create()
  for (let name = 0; name < 3000; name++) taken(`10.0.${name >> 8}.${name & 255}`, 25)
  // One in five hundred may share both places with some of them.
  let kept = 0
  for (let name = 0; name < 1000; name++) if (taken(`192.168.${name >> 8}.${name & 255}`, 5) === 5) kept++
  expect(kept).toBeGreaterThan(990)
})

test('ever new names win nothing for one that has nothing left', () => {
  const { paces, taken } = create()
  expect(taken('a', 20)).toBe(20)
  for (let name = 0; name < 100_000; name++) paces.take(`name ${name}`)
  expect(taken('a', 20)).toBe(0)
})
