import { expect, test } from 'vitest'
import { fleetLines } from './fleet-steps.ts'

const quarter = 900_000
const week = 7 * 86_400_000
const grid = { times: [0, 1, 2].map((index) => 2 * week + index * quarter), stepMs: quarter }

function step(index: number, change = {}, back = 0) {
  const Time = new Date(2 * week + index * quarter - back).toISOString()
  return { Time, Gateways: 4, Online: 3, ...change }
}

test('a day and the same hours of a week before have the same places, and what nobody counted is a gap', () => {
  const steps = {
    Period: 900,
    Steps: [step(0, { ReceivedBytes: 900, SentBytes: 900 }), step(2)],
    WeekBefore: [step(1, { ReceivedBytes: 0, SentBytes: 0, RemoteUsers: '2.5' }, week)],
  }
  expect(fleetLines(grid, steps, 'traffic')).toEqual({ now: [16, null, null], before: [null, 0, null] })
  expect(fleetLines(grid, steps, 'online')).toEqual({ now: [75, null, 75], before: [null, 75, null] })
  expect(fleetLines(grid, steps, 'users')).toEqual({ now: [null, null, null], before: [null, 2.5, null] })
})

test('of no gateway at all there is no share that is online', () => {
  const steps = { Period: 900, Steps: [step(0, { Gateways: 0, Online: 0 })], WeekBefore: [] }
  expect(fleetLines(grid, steps, 'online').now).toEqual([null, null, null])
})
