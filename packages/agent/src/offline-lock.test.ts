import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Moment } from './absence.ts'
import { createMemoryDisk, type Disk } from './disk.ts'
import { startGateway } from './gateway.ts'
import { type OfflineLock, openOfflineLock } from './offline-lock.ts'
import { createFileVault } from './vault-file.ts'

/** A box with a disk and clocks of its own; its lock is what survives on the disk whenever it is started. */
interface Box {
  readonly disk: Disk & { writes: number; isFull: boolean }
  lock: OfflineLock
  /** It ran on for that long. */
  runs(milliseconds: number): Promise<void>
  /** The agent died and was started again; the machine stayed up. */
  restarts(): Promise<void>
  /** The machine was off for that long. */
  wasOff(milliseconds: number): Promise<void>
  setsWallClock(wallMs: number): void
}

async function createBox(): Promise<Box> {
  const memory = createMemoryDisk()
  const time = createManualTime(0)
  let [boot, wallOffset, bootedAt] = [1, 1_700_000_000_000, -77_000]
  const clock = (): Moment => ({
    boot: `boot ${boot}`,
    upMs: time.timers.now() - bootedAt,
    wallMs: time.timers.now() + wallOffset,
  })
  const disk = {
    ...memory,
    writes: 0,
    isFull: false,
    async write(name: string, content: string) {
      if (disk.isFull) throw new Error('The disk is full.')
      disk.writes++
      await memory.write(name, content)
    },
  }
  const open = (): Promise<OfflineLock> => openOfflineLock({ disk, timers: time.timers, clock })
  const box: Box = {
    disk,
    lock: await open(),
    async runs(milliseconds) {
      time.advance(milliseconds)
      await box.lock.settled()
    },
    async restarts() {
      // What it would still write is lost with it.
      box.lock.close()
      await box.lock.settled()
      box.lock = await open()
      await box.lock.settled()
    },
    async wasOff(milliseconds) {
      box.lock.close()
      await box.lock.settled()
      time.advance(milliseconds)
      boot++
      bootedAt = time.timers.now()
      box.lock = await open()
      await box.lock.settled()
    },
    setsWallClock(wallMs) {
      wallOffset = wallMs - time.timers.now()
    },
  }
  return box
}

const hour = 3_600_000

/** Armed with an hour, connected for a while, and cut off now. */
async function cutOff(): Promise<Box> {
  const box = await createBox()
  box.lock.connected(true)
  box.lock.arm(3600)
  await box.runs(10 * hour)
  box.lock.connected(false)
  await box.lock.settled()
  return box
}

test('cut off for the threshold: it locks itself at that moment, and stays locked when it is connected again', async () => {
  const box = await cutOff()
  await box.runs(hour - 1)
  expect(box.lock.isLocked()).toBe(false)
  await box.runs(1)
  expect(box.lock.isLocked()).toBe(true)
  box.lock.connected(true)
  await box.runs(hour)
  expect(box.lock.isLocked()).toBe(true)
  await box.restarts()
  expect(box.lock.isLocked()).toBe(true)
})

test('connected before the threshold: the next absence counts from its own beginning', async () => {
  const box = await cutOff()
  await box.runs(hour - 1)
  box.lock.connected(true)
  box.lock.connected(false)
  await box.runs(hour - 1)
  expect(box.lock.isLocked()).toBe(false)
})

test('a threshold of 0, and a gateway that was never connected, lock nothing', async () => {
  const off = await cutOff()
  off.lock.arm(0)
  await off.runs(100 * hour)
  expect(off.lock.isLocked()).toBe(false)
  const never = await createBox()
  never.lock.arm(3600)
  await never.runs(100 * hour)
  expect(never.lock.isLocked()).toBe(false)
})

test('a restarted agent goes on counting, the time it was dead included', async () => {
  const box = await cutOff()
  await box.runs(hour / 2)
  await box.restarts()
  await box.runs(hour / 2)
  expect(box.lock.isLocked()).toBe(true)
})

test('the wall clock set back by a day, again and again: it locks all the same', async () => {
  const box = await cutOff()
  for (let i = 0; i < 4; i++) {
    box.setsWallClock(1_600_000_000_000)
    await box.runs(hour / 4)
    await box.wasOff(0)
  }
  expect(box.lock.isLocked()).toBe(true)
})

test('switched off and on all the time: it locks after twice the time it ran for', async () => {
  const box = await cutOff()
  box.setsWallClock(0)
  let ranMs = 0
  while (!box.lock.isLocked() && ranMs < 10 * hour) {
    ranMs += 60_000
    await box.runs(60_000)
    await box.wasOff(0)
    box.setsWallClock(0)
  }
  expect(ranMs).toBeLessThanOrEqual(2 * hour)
})

test('the wall clock jumps years ahead while it is off: it does not lock by that, and has its grace to connect', async () => {
  const box = await cutOff()
  box.setsWallClock(2_500_000_000_000)
  await box.wasOff(1000)
  expect(box.lock.isLocked()).toBe(false)
  await box.runs(299_000)
  expect(box.lock.isLocked()).toBe(false)
  box.lock.connected(true)
  box.lock.connected(false)
  await box.runs(hour - 1)
  expect(box.lock.isLocked()).toBe(false)
})

test('the wall clock jumps years ahead while it runs, as at its first synchronisation: nothing happens', async () => {
  const box = await cutOff()
  box.setsWallClock(5000)
  await box.runs(60_000)
  box.setsWallClock(1_900_000_000_000)
  await box.runs(60_000)
  await box.restarts()
  expect(box.lock.isLocked()).toBe(false)
})

test('off for longer than the threshold: it locks when the grace is over', async () => {
  const box = await cutOff()
  await box.wasOff(5 * hour)
  await box.runs(299_999)
  expect(box.lock.isLocked()).toBe(false)
  await box.runs(1)
  expect(box.lock.isLocked()).toBe(true)
})

test('power cut while it was connected: what came after the last mark counts as connected', async () => {
  const box = await createBox()
  box.lock.connected(true)
  box.lock.arm(3600)
  await box.runs(10 * hour)
  await box.wasOff(0)
  await box.runs(hour - 1)
  expect(box.lock.isLocked()).toBe(false)
  await box.runs(1)
  expect(box.lock.isLocked()).toBe(true)
})

test('it writes some times an hour, and nothing any more once it is locked', async () => {
  const box = await cutOff()
  const before = box.disk.writes
  await box.runs(hour)
  expect(box.disk.writes - before).toBeLessThanOrEqual(16)
  const locked = box.disk.writes
  await box.runs(1000 * hour)
  expect(box.disk.writes).toBe(locked)
})

test('a disk that takes nothing: locked all the same, and written down as soon as it does', async () => {
  const box = await cutOff()
  box.disk.isFull = true
  await box.runs(hour)
  expect(box.lock.isLocked()).toBe(true)
  box.disk.isFull = false
  await box.runs(hour)
  await box.restarts()
  box.lock.connected(true)
  expect(box.lock.isLocked()).toBe(true)
})

test('what the server says outlives restarts; an unlock that could not be written opens nothing', async () => {
  const box = await createBox()
  expect(box.lock.isLocked()).toBe(false)
  await box.lock.set(true)
  await box.restarts()
  expect(box.lock.isLocked()).toBe(true)
  box.disk.isFull = true
  await expect(box.lock.set(false)).rejects.toThrow('full')
  expect(box.lock.isLocked()).toBe(true)
  box.disk.isFull = false
  await box.lock.set(false)
  await box.restarts()
  expect(box.lock.isLocked()).toBe(false)
})

test('the record of a gateway of 0.1.0 is read', async () => {
  const disk = createMemoryDisk()
  await disk.write('offline-lock.json', '{"locked":true}\n')
  const lock = await openOfflineLock({
    disk,
    timers: createManualTime().timers,
    clock: () => ({ boot: '', upMs: 0, wallMs: 0 }),
  })
  expect(lock.isLocked()).toBe(true)
})

test('the console of a locked gateway is closed, and the reset button does not open it', async () => {
  const disk = createMemoryDisk()
  await disk.write('offline-lock.json', '{"locked":true}\n')
  const gateway = await startGateway({
    serial: 'sag32a30000',
    model: 'sag-1000',
    version: '2.3.1.1',
    disk,
    vault: createFileVault({ disk }),
    logger: pino({ enabled: false }),
    serverUrl: 'ws://127.0.0.1:1/channel',
    console: { host: '127.0.0.1', port: 0 },
  })
  try {
    await gateway.pressReset('everything')
    expect(gateway.locked()).toBe(true)
    for (const path of ['/', '/setup', '/login']) {
      const answer = await fetch(`${gateway.consoleUrl}${path}`)
      expect([answer.status, await answer.text()]).toEqual([423, expect.stringContaining('is locked')])
    }
    const body = new URLSearchParams({ username: 'admin', password: 'First_pass1', repeat: 'First_pass1' })
    expect((await fetch(`${gateway.consoleUrl}/setup`, { method: 'POST', body })).status).toBe(423)
    expect(gateway.adminPassword.isSet()).toBe(false)
  } finally {
    await gateway.stop()
  }
})
