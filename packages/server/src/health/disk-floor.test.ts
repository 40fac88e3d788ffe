import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { freeBytesOf, watchDiskFloor } from './disk-floor.ts'

const mega = 1024 * 1024

async function watched(first: number | Error) {
  const time = createManualTime()
  const lines: string[] = []
  const disk = { free: first }
  const floor = await watchDiskFloor({
    freeBytes: async () => {
      if (disk.free instanceof Error) throw disk.free
      return disk.free
    },
    floor: 100 * mega,
    timers: time.timers,
    logger: pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line).msg) }),
  })
  async function reads(free: number | Error): Promise<boolean> {
    disk.free = free
    time.advance(5000)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    return floor.isLow()
  }
  return { floor, reads, lines, time }
}

test('a disk is low from below the floor until clearly above it, with one line for each change', async () => {
  const { reads, lines, floor } = await watched(500 * mega)
  expect(floor.isLow()).toBe(false)
  expect(await reads(100 * mega)).toBe(false)
  expect(await reads(99 * mega)).toBe(true)
  for (const around of [101, 98, 105, 99]) expect(await reads(around * mega)).toBe(true)
  expect(await reads(110 * mega)).toBe(false)
  expect(await reads(101 * mega)).toBe(false)
  expect(lines).toEqual([
    'the disk is almost full: calls that change something are refused',
    'the disk has space again: calls that change something are accepted',
  ])
  expect(floor.freeBytes()).toBe(101 * mega)
})

test('a server that starts on a full disk knows it before its first call', async () => {
  const { floor } = await watched(mega)
  expect(floor.isLow()).toBe(true)
})

test('a reading that fails leaves the state as it was and is told once', async () => {
  const { reads, lines } = await watched(mega)
  expect(await reads(new Error('gone'))).toBe(true)
  expect(await reads(new Error('gone'))).toBe(true)
  expect(await reads(500 * mega)).toBe(false)
  expect(lines).toHaveLength(3)
})

test('nothing is read any more once it is closed', async () => {
  const { floor, time } = await watched(500 * mega)
  await floor.close()
  expect(time.pending()).toBe(0)
})

test('the free space of a real folder is a number of bytes', async () => {
  expect(await freeBytesOf(import.meta.dirname)()).toBeGreaterThan(0)
})
