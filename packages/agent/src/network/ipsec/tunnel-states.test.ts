import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createTunnelStates } from './tunnel-states.ts'

test('a tunnel is as it was since it became so, in the order in which it is wanted', () => {
  const time = createManualTime(1_000)
  const states = createTunnelStates(time.wallClock)
  expect(states.update(['a', 'b'], new Set(['b']))).toEqual([{ name: 'b', isUp: true, afterMs: 0 }])
  time.advance(5)
  expect(states.update(['b', 'a'], new Set(['a', 'b']))).toEqual([{ name: 'a', isUp: true, afterMs: 5 }])
  time.advance(5)
  expect(states.list()).toEqual([
    { name: 'b', isUp: true, since: 1_000 },
    { name: 'a', isUp: true, since: 1_005 },
  ])
  expect(states.update(['b', 'a'], new Set(['a', 'b']))).toEqual([])
})

test('one that goes down says how long it was up, one that is not wanted is gone', () => {
  const time = createManualTime(1_000)
  const states = createTunnelStates(time.wallClock)
  states.update(['a', 'b'], new Set(['a', 'b']))
  time.advance(40_000)
  expect(states.update(['a'], new Set())).toEqual([
    { name: 'b', isUp: undefined, afterMs: 40_000 },
    { name: 'a', isUp: false, afterMs: 40_000 },
  ])
  expect(states.list()).toEqual([{ name: 'a', isUp: false, since: 41_000 }])
})
