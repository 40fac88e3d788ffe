import { createManualTime, type ManualTime } from '@opensag/protocol'
import { beforeEach, expect, test } from 'vitest'
import { createMemoryDisk } from './disk.ts'
import { againMs, keepForwarding } from './forwarding.ts'
import { type OfflineLock, openOfflineLock } from './offline-lock.ts'

let time: ManualTime
let lock: OfflineLock
/** What the system was told, with the second it was told at. */
let told: string[]
let fails: boolean
let problems: unknown[]
let leave: () => void
let start: (hasRunOut: boolean) => Promise<void>

beforeEach(async () => {
  time = createManualTime()
  const began = time.timers.now()
  const second = (): number => Math.round((time.timers.now() - began) / 1000)
  told = []
  fails = false
  problems = []
  lock = await openOfflineLock({
    disk: createMemoryDisk(),
    timers: time.timers,
    clock: () => ({ boot: 'one', upMs: time.timers.now(), wallMs: time.wallClock() }),
  })
  async function tell(what: string): Promise<void> {
    if (fails) throw new Error('The system does not take it.')
    told.push(`${second()}: ${what}`)
  }
  start = async (hasRunOut) => {
    leave = await keepForwarding({
      lock,
      forwarding: {
        open: (forMs) => tell(`open ${forMs ?? 'for good'}`),
        shut: () => tell('shut'),
        hasRunOut: async () => hasRunOut,
      },
      timers: time.timers,
      problem: (error) => void problems.push(error),
    })
    await settled()
  }
})

async function settled(): Promise<void> {
  await lock.settled()
  for (let turn = 0; turn < 20; turn++) await null
}

async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed++) {
    time.advance(1000)
    await settled()
  }
}

test('without a threshold it is open for good', async () => {
  await start(false)
  lock.connected(true)
  await settled()
  expect(new Set(told.map((one) => one.split(': ')[1]))).toEqual(new Set(['open for good']))
})

test('connected, it is open for the threshold, again and again', async () => {
  await start(false)
  lock.connected(true)
  lock.arm(10)
  await settled()
  told.length = 0
  await pass(3)
  expect(told).toEqual(['1: open 10000', '2: open 10000', '3: open 10000'])
})

test('away, it is open for what is left, shut at the threshold, and open when the server has said so', async () => {
  await start(false)
  lock.connected(true)
  lock.arm(10)
  lock.connected(false)
  await settled()
  await pass(4)
  expect(told.at(-1)).toBe('4: open 6000')
  await pass(6)
  expect(told.at(-1)).toBe('10: shut')
  lock.connected(true)
  await settled()
  expect(told.at(-1)).toBe('10: shut')
  await lock.set(false)
  await settled()
  expect(told.at(-1)).toBe('10: open 10000')
})

test('the server locks: it is shut at once', async () => {
  await start(false)
  lock.connected(true)
  await lock.set(true)
  await settled()
  expect(told.at(-1)).toBe('0: shut')
})

test('what the system does not take is told, and tried again', async () => {
  await start(false)
  lock.connected(true)
  lock.arm(10)
  fails = true
  await pass(1)
  expect(problems.length).toBeGreaterThan(0)
  fails = false
  await pass(1)
  expect(told.at(-1)).toBe('2: open 10000')
})

test('ended, it leaves the system with the time it has', async () => {
  await start(false)
  lock.connected(true)
  lock.arm(10)
  await settled()
  leave()
  const before = [...told]
  await pass(5)
  expect(told).toEqual(before)
})

test('what the system has shut while nobody was there stays shut until the server has said so', async () => {
  await start(true)
  lock.connected(true)
  await settled()
  expect(new Set(told.map((one) => one.split(': ')[1]))).toEqual(new Set(['shut']))
  await lock.set(false)
  await settled()
  expect(told.at(-1)).toBe('0: open for good')
})

test.each([
  [0, 60_000],
  [Infinity, 60_000],
  [1_000, 200],
  [5_000, 1_000],
  [10_000, 1_000],
  [600_000, 10_000],
  [86_400_000, 60_000],
])('with %d ms left it tells again in %d ms', (left, again) => {
  expect(againMs(left)).toBe(again)
})
