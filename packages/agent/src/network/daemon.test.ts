import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemTimers } from '@opensag/protocol'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { type Daemon, type DaemonOptions, endLeftOver, startDaemon } from './daemon.ts'

let folder: string
let open: Daemon[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemon-'))
  open = []
})

afterEach(async () => {
  for (const daemon of open) await daemon.close()
  await endLeftOver('one', folder, systemTimers)
  await rm(folder, { recursive: true })
})

async function started(options: Partial<DaemonOptions> = {}): Promise<Daemon> {
  const daemon = await startDaemon({
    name: 'one',
    command: ['sleep', '1000'],
    folder,
    leftOver: 'adopt',
    timers: systemTimers,
    logger: pino({ level: 'silent' }),
    ...options,
  })
  open.push(daemon)
  return daemon
}

/** What is recorded as running; undefined: nothing is. */
async function pid(): Promise<number | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'one.pid'), 'utf8')).pid
  } catch {
    return undefined
  }
}

function isAlive(number: number | undefined): boolean {
  try {
    return number !== undefined && process.kill(number, 0)
  } catch {
    return false
  }
}

test('a program that is killed is started anew, and both are told', async () => {
  const daemon = await started()
  const told: string[] = []
  daemon.onEnded(() => told.push('ended'))
  daemon.onStarted(() => told.push('started'))
  const first = await pid()
  process.kill(first ?? 0, 'SIGKILL')
  await until('another one', async () => ((await pid()) ?? first) !== first)
  expect(told).toEqual(['ended', 'started'])
  expect(daemon.isRunning).toBe(true)
})

test('what ends a program is logged with the last line that it said', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  await started({ command: ['sh', '-c', 'echo first >&2; echo the port is taken >&2; exit 3'], logger })
  const line = await until('a line', () => lines[0])
  expect(JSON.parse(line)).toMatchObject({ daemon: 'one', how: '3', last: 'the port is taken' })
})

test('a program that is missing is tried again, and is started when it is there', async () => {
  const program = join(folder, 'late')
  const daemon = await started({ command: [program] })
  expect(await pid()).toBeUndefined()
  await writeFile(program, '#!/bin/sh\nexec sleep 1000\n', { mode: 0o700 })
  await until('started', () => daemon.isRunning)
})

test('restart ends the one that runs; close ends it for good, also while it waits for its next start', async () => {
  const daemon = await started()
  const first = await pid()
  await daemon.restart()
  const second = await pid()
  expect(isAlive(first)).toBe(false)
  expect(isAlive(second)).toBe(true)
  await Promise.all([daemon.restart(), daemon.close()])
  expect(isAlive(second)).toBe(false)
  expect(daemon.isRunning).toBe(false)
  expect(await pid()).toBeUndefined()
})

test('one that was left running is adopted: the same process goes on, and its end is noticed', async () => {
  await started()
  const first = await pid()
  const next = await started()
  expect(await pid()).toBe(first)
  expect(next.isRunning).toBe(true)
  // Its parent in this test would start it anew as well.
  await open.shift()?.close()
  await until('started anew by the one that adopted it', async () => ((await pid()) ?? first) !== first)
  expect(isAlive(first)).toBe(false)
})

test.each([
  ['another command', { command: ['sleep', '2000'] }],
  ['a wish to replace it', { leftOver: 'replace' }],
] as const)('one that was left running is ended first with %s', async (_what, options) => {
  const left = await started()
  const first = await pid()
  // Only the process that is gone would have started it anew.
  const gone = left.close
  open = []
  process.kill(first ?? 0, 0)
  const next = await started(options)
  expect(isAlive(first)).toBe(false)
  await gone()
  expect(next.isRunning).toBe(true)
})

test('a number that another program has got by now is left alone', async () => {
  const other = await started({ name: 'other' })
  const { pid: taken } = JSON.parse(await readFile(join(folder, 'other.pid'), 'utf8'))
  const record = { pid: taken, startedAt: '1', command: ['sleep', '1000'] }
  await writeFile(join(folder, 'one.pid'), JSON.stringify(record))
  await started()
  expect(await pid()).not.toBe(taken)
  await endLeftOver('one', folder, systemTimers)
  expect(other.isRunning).toBe(true)
})
