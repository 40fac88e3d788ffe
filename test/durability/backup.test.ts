import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import { root } from '../support/process.ts'
import { purchase, send, signedBody } from '../support/signed-request.ts'
import { limit } from '../support/time.ts'
import { done, newSite, type Site } from './restore-site.ts'

const require = createRequire(join(root, 'packages/server/package.json'))
const patience = limit(600_000)
const writers = 50
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)

interface Copy {
  all<T>(sql: string): readonly T[]
  close(): void
}

function open(file: string): Copy {
  const Database = require('libsql') as new (
    url: string,
  ) => { prepare(sql: string): { all(): unknown[] }; close(): void }
  const database = new Database(`file://${file}?mode=ro`)
  return { all: <T>(sql: string) => database.prepare(sql).all() as T[], close: () => database.close() }
}

/** What callers were told while the backups were made. */
interface Told {
  readonly created: Set<string>
  readonly activated: Set<string>
}

test(
  `each backup among ${writers} writers is one state with everything acknowledged before it, and calls go on meanwhile`,
  async () => {
    const site = await newSite()
    await site.start()
    const told: Told = { created: new Set(), activated: new Set() }
    let isOver = false
    const working = Array.from({ length: writers }, async () => {
      while (!isOver) await buy(site, told)
    })
    try {
      for (const name of ['one', 'two', 'three']) {
        const wanted = told.created.size + writers
        while (told.created.size < wanted) await pause(5)
        const before: Told = { created: new Set(told.created), activated: new Set(told.activated) }
        await done('backup', '--to', join(site.folder, name), '--data', site.data)
        expect(told.created.size).toBeGreaterThan(before.created.size)
        expectOneState(join(site.folder, name, 'opensag.db'), before)
      }
    } finally {
      isOver = true
      await Promise.all(working)
    }
    await site.stop()

    const restored = join(site.folder, 'restored')
    await done('restore', '--from', join(site.folder, 'three'), '--data', restored)
    await site.start(restored)
    const answer = await send(site.key().endpoint, signedBody(site.key(), 'DescribeSmartAccessGateways', {}))
    const held = open(join(site.folder, 'three', 'opensag.db'))
    expect(answer.body['TotalCount']).toBe(held.all('select id from instance').length)
    held.close()
  },
  patience,
)

async function buy(site: Site, { created, activated }: Told): Promise<void> {
  const key = site.key()
  const bought = await send(key.endpoint, signedBody(key, 'CreateSmartAccessGateway', purchase))
  expect(bought).toMatchObject({ status: 200 })
  const id = String(bought.body['SmartAGId'])
  created.add(id)
  const done = await send(key.endpoint, signedBody(key, 'ActivateSmartAccessGateway', { SmartAGId: id }))
  expect(done).toMatchObject({ status: 200 })
  activated.add(id)
}

/** Each call has written its row and its entry in the audit trail in one commit: a copy has both or none. */
function expectOneState(file: string, before: Told): void {
  const copy = open(file)
  expect(copy.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(copy.all('pragma foreign_key_check')).toEqual([])
  const rows = copy.all<{ id: string; activated_at: number | null }>('select id, activated_at from instance')
  const active = new Set(rows.filter((row) => row.activated_at !== null).map(({ id }) => id))
  const all = new Set(rows.map(({ id }) => id))
  expect([...before.created].filter((id) => !all.has(id))).toEqual([])
  expect([...before.activated].filter((id) => !active.has(id))).toEqual([])
  const counted = (action: string): number =>
    copy.all(`select id from audit_event where action = '${action}' and outcome is null`).length
  expect(counted('CreateSmartAccessGateway')).toBe(all.size)
  expect(counted('ActivateSmartAccessGateway')).toBe(active.size)
  // A nonce is on disk with the work of its call or before it, never after it.
  const ahead = copy.all('select hash from nonce').length - all.size - active.size
  expect(ahead).toBeGreaterThanOrEqual(0)
  expect(ahead).toBeLessThanOrEqual(writers)
  copy.close()
}

test(
  `a restore that is killed at any moment leaves the data folder whole: not there, the old one or the new one (seed ${seed})`,
  async () => {
    const site = await newSite()
    await site.start()
    const backup = join(site.folder, 'backup')
    await done('backup', '--to', backup, '--data', site.data)
    await site.stop()
    const began = performance.now()
    await done('restore', '--from', backup, '--data', join(site.folder, 'uninterrupted'))
    const whole = performance.now() - began
    const chance = createChance(seed)
    const seen = new Set<string>()
    for (let round = 0; round < 10; round++) {
      const into = join(site.folder, `round-${round}`, 'data')
      const isReplaced = round % 2 === 1
      await mkdir(join(into, '..'))
      if (isReplaced) await done('restore', '--from', backup, '--data', into)
      const restoring = spawn(
        process.execPath,
        [join(root, 'packages/cli/bin/opensag.js'), 'restore', '--from', backup, '--data', into, '--replace'],
        { cwd: root, stdio: 'ignore' },
      )
      const ended = once(restoring, 'close')
      // Most of its time goes by before it has begun to do anything.
      await pause(whole * (0.4 + 0.0007 * chance.below(1000)))
      restoring.kill('SIGKILL')
      await ended
      seen.add(expectWhole(into, await readdir(join(into, '..'))))
      // Whatever is left is in nobody's way.
      await done('restore', '--from', backup, '--data', into, '--replace')
      expect(await readdir(join(into, '..'))).not.toContain('data.restoring')
      await rm(join(into, '..'), { recursive: true })
    }
    console.log(`killed restores left: ${[...seen].join(', ')}`)
  },
  patience,
)

/** What a killed restore has left; only a folder that is marked as restored, or was there before, may have the name. */
function expectWhole(into: string, names: readonly string[]): string {
  if (!names.includes('data')) return names.some((name) => name.startsWith('data.before-')) ? 'moved aside' : 'nothing'
  const copy = open(join(into, 'opensag.db'))
  expect(copy.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  const marks = copy.all<{ name: string }>('select name from setting order by name').map(({ name }) => name)
  copy.close()
  expect(marks).toEqual(expect.arrayContaining(['generation-floor', 'restored-at', 'signature-fence']))
  return names.includes('data.restoring') ? 'the old one and a draft' : 'the old or the new one'
}
