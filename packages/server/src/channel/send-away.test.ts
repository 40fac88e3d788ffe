import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import type { GatewayConnection } from './held-gateways.ts'
import { sendAway, untilMoved } from './send-away.ts'

const settings = { handshakesPerSecond: 8, comeBackMs: 2000, moveWithinMs: 0 }

function world(count: number) {
  const time = createManualTime()
  const left: { at: number; gateway: number; comeBackMs: number }[] = []
  const busy = new Set<number>()
  const gateways = Array.from({ length: count }, (_, gateway) => ({
    attended: () => (busy.has(gateway) ? 'change' : undefined),
    leave: async (comeBackMs: number) => void left.push({ at: time.timers.now() - began, gateway, comeBackMs }),
  })) as unknown as GatewayConnection[]
  const began = time.timers.now()
  /** Lets time pass in small steps, and what comes of it happen. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      time.advance(50)
      for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    }
  }
  return { time, left, busy, gateways, pass }
}

test('a single node sends all away at once, and they come back at the pace at which it lets them in', async () => {
  const { time, left, gateways } = world(20)
  let drawn = 0
  await sendAway(gateways, { settings, timers: time.timers, chance: () => drawn++ / 20 })
  expect(left.map(({ at }) => at)).toEqual(new Array(20).fill(0))
  // 20 at 8 a second, each waiting a quarter longer than it is told.
  expect(left.map(({ comeBackMs }) => comeBackMs)).toEqual(Array.from({ length: 20 }, (_, n) => 2000 + n * 100))
})

test('one of several sends them away at the pace at which the others let them in, to come at once', async () => {
  const { time, left, gateways, pass } = world(20)
  const all = { ...settings, moveWithinMs: 60_000 }
  const gone = sendAway(gateways, { settings: all, timers: time.timers, chance: () => 0 })
  await pass(2500)
  await gone
  expect(left.map(({ gateway }) => gateway)).toEqual(Array.from({ length: 20 }, (_, n) => n))
  expect(left.every(({ comeBackMs }) => comeBackMs === 0)).toBe(true)
  for (const { at, gateway } of left) expect([gateway, Math.abs(at - gateway * 100) <= 50]).toEqual([gateway, true])
})

test('however many they are, they are gone within the bound', async () => {
  const { time, left, gateways, pass } = world(200)
  const all = { ...settings, moveWithinMs: 1000 }
  void sendAway(gateways, { settings: all, timers: time.timers, chance: () => 0 })
  await pass(1000)
  expect(left).toHaveLength(200)
})

test('a gateway that is changing its password leaves when that is decided, or at the bound', async () => {
  const { time, left, busy, gateways, pass } = world(2)
  busy.add(0).add(1)
  const all = { ...settings, moveWithinMs: 5000 }
  const gone = sendAway(gateways, { settings: all, timers: time.timers, chance: () => 0 })
  await pass(2000)
  expect(left).toEqual([])
  busy.delete(0)
  await pass(100)
  expect(left.map(({ gateway }) => gateway)).toEqual([0])
  await pass(3000)
  await gone
  expect(left.map(({ gateway, at }) => [gateway, at])).toEqual([
    [0, expect.any(Number)],
    [1, 5000],
  ])
})

test.each([
  ['another node has every gateway', 1500, 1500],
  ['the time in which they go is over', Number.POSITIVE_INFINITY, 5000],
])('a node that sent its gateways away waits until %s', async (_what, movedAt, waitsMs) => {
  const { time, pass } = world(0)
  const began = time.timers.now()
  let waited: number | undefined
  const isHere = async (): Promise<number> => (time.timers.now() - began < movedAt ? 1 : 0)
  void untilMoved(isHere, { moveWithinMs: 5000, began, timers: time.timers }).then(() => {
    waited = time.timers.now() - began
  })
  await pass(8000)
  expect(Math.abs((waited ?? 0) - waitsMs)).toBeLessThanOrEqual(100)
})

test('the last that was sent away has some time all the same', async () => {
  const { time, pass } = world(0)
  const began = time.timers.now()
  time.advance(5000)
  let isOver = false
  void untilMoved(async () => 1, { moveWithinMs: 5000, began, timers: time.timers }).then(() => {
    isOver = true
  })
  await pass(1000)
  expect(isOver).toBe(false)
  await pass(2000)
  expect(isOver).toBe(true)
})
