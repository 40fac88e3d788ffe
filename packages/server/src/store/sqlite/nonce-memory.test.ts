import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forgottenTimes } from '../access/forgotten-times.ts'
import { sliceMs, sliceOf } from '../access/nonce-set.ts'
import { nonceLifeMs } from '../access/nonces.ts'
import { isWithin } from '../access/time-spans.ts'
import { sqliteDriver } from './driver.ts'
import { countingDriver, observedDriver, sqliteError } from './failing-driver.suite.ts'
import { temporaryFolder } from './folders.suite.ts'
import { defaultFoldAt } from './nonce-memory.ts'
import { openWorld } from './nonce-world.suite.ts'
import { openSqliteStore } from './open.ts'

const minute = 60_000
const skew = fc.integer({ min: -15, max: 15 }).map((minutes) => minutes * minute)
const failure = fc.constantFrom(/^commit/, /insert into nonce /, /insert into nonce_run/, /delete from nonce/)
const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('send' as const), skew }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('clock' as const), by: fc.integer({ min: -70, max: 70 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('work' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), sql: failure, left: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), left: fc.nat(40) }) },
)

test('nothing that was taken is taken again, whatever is folded, forgotten, failing, killed, and whatever the clock does', async () => {
  const template = temporaryFolder()
  await (await openSqliteStore({ folder: template })).close()
  const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 2 ** 31)
  console.log(`nonces: repeat with OPENSAG_SEED=${seed}`)
  const happened = new Map<string, number>()
  const given = fc.tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom(-1, 20),
    fc.array(step, { minLength: 20, maxLength: 80 }),
  )
  await fc.assert(
    fc.asyncProperty(given, async ([foldAt, groupMs, steps]) => {
      const world = await openWorld({ parent: temporaryFolder(), template, foldAt, groupMs })
      for (const [index, one] of steps.entries()) {
        if (one.do === 'send') expect(await world.send(one.skew), 'a new one').toBe(!world.isFenced(one.skew))
        if (one.do === 'clock') world.moveClock(one.by * minute)
        if (one.do === 'sweep') world.sweep()
        if (one.do === 'settle') await world.settle()
        if (one.do === 'work') world.work()
        if (one.do === 'turn') await world.turn()
        if (one.do === 'fail') world.fail(one.sql, one.left)
        if (one.do === 'restart') await world.restart()
        if (one.do === 'kill') await world.kill(one.left)
        expect(await world.replay((request) => request % 5 === index % 5)).toEqual([])
      }
      await world.settle()
      await world.close()
      for (const [what, count] of Object.entries(world.counts)) happened.set(what, (happened.get(what) ?? 0) + count)
    }),
    { numRuns: 30, seed },
  )
  // Or it would show nothing.
  for (const count of happened.values()) expect(count).toBeGreaterThan(0)
})

/** Nonces as rows, as a version without runs left them, or calls since the last fold. */
function addRows(folder: string, count: number, expiresAt: number): void {
  const connection = sqliteDriver.open(join(folder, 'opensag.db'), 'write')
  connection.exec(`insert into nonce (hash, expires_at)
    with recursive row(n) as (select 1 union all select n + 1 from row where n < ${count})
    select substr(hex(randomblob(16)), 1, 22), ${expiresAt} + n from row`)
  connection.close()
}

/** Opens it as a start does. @returns how many rows were read for that, and how many bytes of runs */
async function opened(folder: string): Promise<{ readonly rows: number; readonly bytes: number }> {
  const read = { rows: 0, bytes: 0 }
  const driver = countingDriver((rows) => {
    read.rows += rows.length
    for (const row of rows as { readonly fingerprints?: Uint8Array }[]) read.bytes += row.fingerprints?.length ?? 0
  })
  await (await openSqliteStore({ folder, driver, forgetNoncesBefore: 0 })).close()
  return read
}

test('a start with 200,000 nonces in the window reads few rows more than one with none, and 16 bytes of each', async () => {
  const folder = temporaryFolder()
  const store = await openSqliteStore({ folder })
  const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt: 1 }
  await (await store.burnNonce(nonce)).durable
  await store.close()
  const empty = await opened(folder)
  const many = 200_000
  for (let minutes = 0; minutes < 20; minutes++) addRows(folder, many / 20, minutes * minute)
  // Once, they are rows.
  expect((await opened(folder)).rows).toBeGreaterThanOrEqual(many)
  addRows(folder, 3000, 20 * minute)

  const full = await opened(folder)
  expect(full.rows - empty.rows).toBeLessThan(3000 + 100)
  expect(full.bytes).toBeGreaterThan((many - defaultFoldAt) * 16)
  expect(full.bytes).toBeLessThanOrEqual((many + 1) * 16)
  const again = await openSqliteStore({ folder })
  expect((await again.burnNonce(nonce)).fresh).toBe(false)
  await again.close()
})

test('a nonce whose row is committed while a fold waits for its turn is not lost with the rows of the fold', async () => {
  const folder = temporaryFolder()
  const nonce = (name: string) => ({ accessKeyId: 'k', nonce: name, expiresAt: 1 })
  // Each work has a commit of its own.
  const store = await openSqliteStore({ folder, groupMs: -1, foldNoncesAt: 3 })
  for (const name of ['a', 'b']) await (await store.burnNonce(nonce(name))).durable
  const others = Array.from({ length: 3 }, () => store.write((tx) => tx.selectFrom('setting').select('name').execute()))
  await store.burnNonce(nonce('c'))
  await others[0]
  const { durable } = await store.burnNonce(nonce('d'))
  await durable
  await Promise.all(others)
  await store.close()
  const again = await openSqliteStore({ folder })
  for (const name of ['a', 'b', 'c', 'd']) expect((await again.burnNonce(nonce(name))).fresh, name).toBe(false)
  await again.close()
})

test('rows are folded while the server runs, and nothing is left of those that are forgotten', async () => {
  const store = await openSqliteStore({ folder: temporaryFolder(), foldNoncesAt: 10 })
  const count = (table: 'nonce' | 'nonce_run'): Promise<number> =>
    store.read(async (db) => (await db.selectFrom(table).select('id').execute()).length)
  for (let index = 0; index < 35; index++) {
    await (await store.burnNonce({ accessKeyId: 'k', nonce: `${index}`, expiresAt: 1 })).durable
  }
  expect(await count('nonce')).toBeLessThan(20)
  expect(await count('nonce_run')).toBeGreaterThan(0)
  expect(await store.forgetNonces(sliceOf(1).to + 1, () => {})).toBe(35)
  expect([await count('nonce'), await count('nonce_run')]).toEqual([0, 0])
  expect((await store.burnNonce({ accessKeyId: 'k', nonce: '7', expiresAt: 1 })).fresh).toBe(true)
  await store.close()
})

test('what a fold that failed would have kept is in the next one', async () => {
  const folder = temporaryFolder()
  let failures = 1
  const folds: string[] = []
  const driver = observedDriver((sql) => {
    if (!/insert into nonce_run/.test(sql)) return
    folds.push(failures > 0 ? 'failed' : 'done')
    if (failures-- > 0) throw sqliteError('SQLITE_IOERR')
  })
  const names = ['a', 'b', 'c', 'd']
  // Of two slices: a run of the same one would take in what is in memory only.
  const expiresAt = (name: string): number => (name < 'c' ? 1 : 1 + 2 * sliceMs)
  const nonce = (name: string) => ({ accessKeyId: 'k', nonce: name, expiresAt: expiresAt(name) })
  const store = await openSqliteStore({ folder, driver, foldNoncesAt: 2 })
  for (const name of names) {
    await (await store.burnNonce(nonce(name))).durable
    await store.write((tx) => tx.selectFrom('setting').select('name').execute())
  }
  await store.close()
  expect(folds).toEqual(['failed', 'done', 'done'])
  const again = await openSqliteStore({ folder })
  for (const name of names) expect((await again.burnNonce(nonce(name))).fresh, name).toBe(false)
  await again.close()
})

test('a start refuses the times of the runs that it forgets unread, whatever the clock says later', async () => {
  const folder = temporaryFolder()
  const store = await openSqliteStore({ folder, foldNoncesAt: 2 })
  const expiresAt = nonceLifeMs * 10
  for (const nonce of ['a', 'b']) await (await store.burnNonce({ accessKeyId: 'k', nonce, expiresAt })).durable
  await store.close()
  const connection = sqliteDriver.open(join(folder, 'opensag.db'), 'write')
  const runs = connection.prepare('select id from nonce_run')
  expect(runs.all([])).toHaveLength(1)
  // Rows would be forgotten one by one, with their times.
  connection.exec('delete from nonce')
  connection.close()

  const again = await openSqliteStore({ folder, forgetNoncesBefore: sliceOf(expiresAt).to + 1 })
  expect(await again.read((db) => db.selectFrom('nonce_run').select('id').execute())).toEqual([])
  expect(isWithin(await again.read(forgottenTimes), expiresAt - nonceLifeMs)).toBe(true)
  await again.close()
})

test('a run that is not whole is not read as less: the store does not open', async () => {
  const folder = temporaryFolder()
  await (await openSqliteStore({ folder })).close()
  const connection = sqliteDriver.open(join(folder, 'opensag.db'), 'write')
  connection.exec("insert into nonce_run (expires_by, fingerprints) values (1, x'00112233')")
  connection.close()
  await expect(openSqliteStore({ folder })).rejects.toThrow('The used nonces of the store are damaged.')
})
