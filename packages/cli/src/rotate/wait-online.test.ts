import type { PlannedGateway } from '@opensag/rotation'
import { expect, test } from 'vitest'
import { createSlots } from './concurrency.ts'
import { createStop } from './stop.ts'
import { answer } from './testing/cloud.suite.ts'
import { createWaitOnline } from './wait-online.ts'

const gateway = { regionId: 'cn-shanghai', instanceId: 'sag-1', serial: 's1' } as PlannedGateway

function waiting(states: readonly string[], waitMs: number) {
  let now = 0
  let looks = 0
  const stop = createStop()
  const comesOnline = createWaitOnline({
    reader: {
      ask: async () => answer(200, 'q', { ControllerState: states[Math.min(looks++, states.length - 1)] }),
      read: async () => ({}),
    },
    slots: createSlots(1),
    stop,
    waitMs,
    monotonic: () => now,
    pause: async (ms) => {
      now += ms
    },
  })
  return { comesOnline: () => comesOnline(gateway), stop, looks: () => looks, now: () => now }
}

test('a gateway that comes back is found within the time', async () => {
  expect(await waiting(['Abnormal', 'Abnormal', 'Normal'], 60_000).comesOnline()).toBe(true)
})

test('one that stays away is looked at ever more rarely, and given up in time', async () => {
  const { comesOnline, looks, now } = waiting(['Abnormal'], 600_000)
  expect(await comesOnline()).toBe(false)
  expect(now()).toBe(600_000)
  expect(looks()).toBeLessThan(40)
})

test('one that comes and goes is waited for once in all', async () => {
  const { comesOnline, now } = waiting(['Normal'], 5_000)
  let times = 0
  while (await comesOnline()) times += 1
  expect(times).toBeLessThanOrEqual(5)
  expect(now()).toBe(5_000)
})

test('an interruption ends the waiting', async () => {
  const { comesOnline, stop, looks } = waiting(['Abnormal'], 600_000)
  stop.now({ is: 'interrupted' })
  expect(await comesOnline()).toBe(false)
  expect(looks()).toBe(0)
})
