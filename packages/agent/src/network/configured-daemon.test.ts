import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemTimers, type Timers } from '@opensag/protocol'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { type ConfiguredDaemon, openConfiguredDaemon } from './configured-daemon.ts'

let folder: string
let all: ConfiguredDaemon[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'configured-'))
  all = []
})

afterEach(async () => {
  // Also what one that is gone has left running.
  for (const one of [...all, open()]) await one.remove()
  await rm(folder, { recursive: true })
})

/** Of a process that is gone: none of them fires any more, so what it has started is not started anew by it. */
const gone: Timers = { ...systemTimers, after: () => () => undefined }

/** A program that writes down, at each of its starts, what it is configured as. It takes nothing that has `wrong` in it. */
function open(timers = systemTimers): ConfiguredDaemon {
  const daemon = openConfiguredDaemon({
    name: 'one',
    folder,
    mode: 0o600,
    check: (file) => ['sh', '-c', `! grep -q wrong ${file}`],
    command: (file) => ['sh', '-c', `cat ${file} >> ${join(folder, 'starts')}; exec sleep 1000`],
    leftOver: (isSame) => (isSame ? 'adopt' : 'replace'),
    reconfigure: async (running, isFresh) => (isFresh ? undefined : running.restart()),
    keeps: ['more'],
    timers,
    logger: pino({ level: 'silent' }),
  })
  if (timers !== gone) all.push(daemon)
  return daemon
}

const starts = (): Promise<string> => readFile(join(folder, 'starts'), 'utf8').catch(() => '')
const started = (text: string): Promise<unknown> => until(`started as ${text}`, async () => (await starts()) === text)

test('it is started as it is configured, told of a change, and left alone when there is none', async () => {
  const daemon = open()
  await daemon.configure('first ')
  await started('first ')
  await daemon.configure('first ')
  await daemon.configure('second ')
  await started('first second ')
})

test('it is ended before another configuration, and left alone before the same, whoever has started it', async () => {
  const daemon = open()
  await daemon.configure('first ')
  await started('first ')
  await daemon.endUnless('first ')
  await daemon.configure('first ')
  expect(await starts()).toBe('first ')
  await daemon.endUnless('second ')
  expect(existsSync(join(folder, 'one.pid'))).toBe(false)
  await daemon.configure('first ')
  await started('first first ')

  const before = open(gone)
  await daemon.close()
  await before.configure('third ')
  await started('first first third ')
  await open().endUnless('second ')
  expect(existsSync(join(folder, 'one.pid'))).toBe(false)
})

test('what the program refuses changes nothing', async () => {
  const daemon = open()
  await daemon.configure('first ')
  await started('first ')
  await expect(daemon.configure('wrong ')).rejects.toThrow('sh ended with 1')
  expect(await readFile(join(folder, 'one.conf'), 'utf8')).toBe('first ')
  expect(await starts()).toBe('first ')
})

test('one that a process before this one has left running is gone on with, if it is configured the same', async () => {
  await open(gone).configure('first ')
  await started('first ')
  await open(gone).configure('first ')
  expect(await starts()).toBe('first ')
  await open().configure('second ')
  await started('first second ')
})

test('nothing of it is left when it is removed, also by a process that has not started it', async () => {
  await open(gone).configure('first ')
  await started('first ')
  await writeFile(join(folder, 'one.more'), '')
  await open().remove()
  for (const end of ['conf', 'conf.next', 'log', 'pid', 'more'])
    await expect(readFile(join(folder, `one.${end}`))).rejects.toThrow('ENOENT')
})
