import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { startScheduledBackups } from './schedule.ts'
import { type BackupTurns, turnsByFolder } from './turns.ts'

const hour = 3_600_000
const began = Date.UTC(2026, 10, 28, 12)

interface Options {
  readonly folder?: string
  readonly keep?: number
  readonly everyMs?: number
  readonly startsAt?: number
  readonly turns?: BackupTurns
  readonly make?: (to: string) => Promise<void>
}

/** A schedule under a clock that the test moves; what it makes are folders with a manifest. */
function scheduled(options: Options = {}) {
  const { folder = join(temporaryFolder(), 'backups'), keep = 3, everyMs = 24 * hour, startsAt = began } = options
  const time = createManualTime()
  const lines: string[] = []
  const clock = { offset: startsAt - time.timers.now() }
  const wallClock = (): number => time.timers.now() + clock.offset
  const running = startScheduledBackups({
    turns: options.turns ?? turnsByFolder(folder, everyMs),
    schedule: { folder, everyMs, keep, withMasterKey: true },
    make: options.make ?? (async (to) => made(to)),
    wallClock,
    timers: time.timers,
    logger: pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line).msg) }),
  })
  /** Lets the time go by in steps, and everything happen that is due. */
  async function pass(hours: number): Promise<void> {
    await settled(time)
    for (let step = 0; step < hours; step++) {
      time.advance(hour)
      await settled(time)
    }
  }
  return { folder, time, lines, clock, running, pass, names: () => readdirSync(folder).sort() }
}

/** It waits for its next turn, or is closed. */
async function settled({ pending }: ReturnType<typeof createManualTime>): Promise<void> {
  await until('the next turn', () => pending() === 1)
}

function made(to: string): void {
  mkdirSync(to)
  writeFileSync(join(to, 'manifest.json'), JSON.stringify({ kind: 'opensag-backup' }))
}

test('the first backup is made at once, the others at their interval, and no more than wanted stay', async () => {
  const { pass, names } = scheduled()
  await pass(0)
  expect(names()).toEqual(['opensag-20261128T120000Z'])
  await pass(23)
  expect(names()).toHaveLength(1)
  await pass(1)
  expect(names()).toEqual(['opensag-20261128T120000Z', 'opensag-20261129T120000Z'])
  await pass(72)
  expect(names()).toEqual(['opensag-20261130T120000Z', 'opensag-20261201T120000Z', 'opensag-20261202T120000Z'])
})

test('a restart neither makes one more nor puts the next one off', async () => {
  const first = scheduled()
  await first.pass(0)
  await first.running.close()
  const again = scheduled({ folder: first.folder, startsAt: began + 20 * hour })
  await again.pass(3)
  expect(again.names()).toHaveLength(1)
  await again.pass(1)
  expect(again.names()).toEqual(['opensag-20261128T120000Z', 'opensag-20261129T120000Z'])
})

test('one that fails is told, tried again soon, and removes nothing', async () => {
  let fails = 2
  const { pass, names, lines } = scheduled({
    keep: 1,
    make: async (to) => {
      if (fails-- > 0) throw new Error('disk full')
      made(to)
    },
  })
  await pass(0)
  expect(names()).toEqual([])
  await pass(2)
  expect(names()).toHaveLength(1)
  expect(lines.filter((line) => line.includes('failed'))).toHaveLength(2)
})

test('what is not ours in the folder is left alone, and what a kill has left is removed', async () => {
  const folder = join(temporaryFolder(), 'backups')
  const theirs = ['opensag-20200101T000000Z', 'opensag-20200101T000000Z.old', 'photos', '.opensag-x.partial-1']
  for (const name of [...theirs, '.opensag-20261127T120000Z.partial-AbC'])
    mkdirSync(join(folder, name), { recursive: true })
  const { pass, names } = scheduled({ folder, keep: 1 })
  await pass(48)
  expect(names()).toEqual([...theirs, 'opensag-20261130T120000Z'].sort())
})

test('a backup dated in the future does not keep the next from being made', async () => {
  const folder = join(temporaryFolder(), 'backups')
  mkdirSync(folder)
  made(join(folder, 'opensag-20991231T000000Z'))
  const { pass, names } = scheduled({ folder })
  await pass(0)
  expect(names()).toEqual(['opensag-20261128T120000Z', 'opensag-20991231T000000Z'])
})

test('nothing is made once it is closed', async () => {
  const { pass, running, time, names } = scheduled()
  await pass(0)
  await running.close()
  expect(time.pending()).toBe(0)
  expect(names()).toHaveLength(1)
})
