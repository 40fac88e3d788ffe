import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createThrottle } from './throttle.ts'

function create() {
  const time = createManualTime()
  return { time, throttle: createThrottle({ allowance: 3, backMs: 1000, wallClock: time.wallClock }) }
}

test('an address is blocked after its allowance, others are not', () => {
  const { throttle } = create()
  for (let refusal = 0; refusal < 3; refusal++) {
    expect(throttle.isBlocked('a')).toBe(false)
    throttle.refused('a')
  }
  expect(throttle.isBlocked('a')).toBe(true)
  expect(throttle.isBlocked('b')).toBe(false)
})

test('one attempt comes back at a time', () => {
  const { time, throttle } = create()
  for (let refusal = 0; refusal < 3; refusal++) throttle.refused('a')
  time.advance(1000)
  expect(throttle.isBlocked('a')).toBe(false)
  throttle.refused('a')
  expect(throttle.isBlocked('a')).toBe(true)
})

test('forgetting the longest refused keeps the memory bounded, and those refused last are still blocked', () => {
  const { throttle } = create()
  for (let address = 0; address < 20_000; address++) throttle.refused(`address ${address}`)
  for (let refusal = 0; refusal < 3; refusal++) throttle.refused('last')
  expect(throttle.isBlocked('last')).toBe(true)
})

test('a clock that is set back makes nobody wait longer', () => {
  let now = 100_000_000
  const throttle = createThrottle({ allowance: 3, backMs: 1000, wallClock: () => now })
  throttle.refused('once')
  for (let refusal = 0; refusal < 3; refusal++) throttle.refused('often')
  now -= 50_000_000
  expect(throttle.isBlocked('once')).toBe(false)
  expect(throttle.isBlocked('often')).toBe(true)
  now += 1000
  expect(throttle.isBlocked('often')).toBe(false)
})

test('of too many addresses the one that was refused longest ago is forgotten', () => {
  const { throttle } = create()
  for (let refusal = 0; refusal < 3; refusal++) throttle.refused('a')
  for (let other = 1; other < 10_000; other++) throttle.refused(`address ${other}`)
  expect(throttle.isBlocked('a')).toBe(true)
  throttle.refused('one more')
  expect(throttle.isBlocked('a')).toBe(false)
})
