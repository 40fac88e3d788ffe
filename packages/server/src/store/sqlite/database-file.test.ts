import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DamagedDataFolder } from '../errors.ts'
import type { Store } from '../store.ts'
import { prepareDatabase } from './database-file.ts'
import { sqliteDriver } from './driver.ts'
import { contents, temporaryFolder } from './folders.suite.ts'
import { openSqliteStore } from './open.ts'

const pageSize = 4096
const garbagePage = fc.uint8Array({ minLength: pageSize, maxLength: pageSize })

/** A folder as a process that was killed leaves it: some of its rows in the database, the later ones in the log. */
async function usedFolder({ withLog }: { readonly withLog: boolean }): Promise<string> {
  const parent = temporaryFolder()
  const live = join(parent, 'live')
  const store = await openSqliteStore({ folder: live })
  await fill(store, 0)
  await store.close()
  const folder = join(parent, 'copy')
  if (!withLog) {
    cpSync(live, folder, { recursive: true })
    return folder
  }
  const again = await openSqliteStore({ folder: live })
  await fill(again, 500)
  // Without the lock file: to close it would open the lock of this process on it.
  mkdirSync(folder)
  for (const name of ['opensag.db', 'opensag.db-wal']) cpSync(join(live, name), join(folder, name))
  await again.close()
  return folder
}

async function fill(store: Store, from: number): Promise<void> {
  const rows = Array.from({ length: 500 }, (_, index) => ({ name: `name-${from + index}`, value: 'v'.repeat(100) }))
  await store.write((tx) => tx.insertInto('setting').values(rows).execute())
}

async function expectRefused(folder: string, reason: RegExp): Promise<void> {
  const before = contents(folder)
  for (let attempt = 0; attempt < 2; attempt++) {
    const outcome = await openSqliteStore({ folder }).then(
      (store) => store.close().then(() => 'opened'),
      (error: unknown) => error,
    )
    expect(outcome).toBeInstanceOf(DamagedDataFolder)
    expect(String(outcome)).toMatch(reason)
    expect(String(outcome)).toContain('Nothing was changed')
  }
  const after = new Map(contents(folder))
  if (!before.has('opensag.lock')) after.delete('opensag.lock')
  expect(after).toEqual(before)
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const content = readFileSync(file)
  content.set(bytes, at)
  writeFileSync(file, content)
}

test('a folder with a log that was never brought into the database opens with all of it', async () => {
  const folder = await usedFolder({ withLog: true })
  const store = await openSqliteStore({ folder })
  const rows = await store.read((db) => db.selectFrom('setting').select('name').execute())
  expect(rows).toHaveLength(1000)
  await store.close()
})

test('an overwritten header is reported', async () => {
  const folder = await usedFolder({ withLog: false })
  overwrite(join(folder, 'opensag.db'), 0, Buffer.alloc(100, 7))
  await expectRefused(folder, /not an SQLite database/)
})

test('an empty file where a database was is reported, and its log is left alone', async () => {
  const folder = await usedFolder({ withLog: true })
  truncateSync(join(folder, 'opensag.db'), 0)
  await expectRefused(folder, /it is empty/)
})

test('a database that is gone while its log is there is reported', async () => {
  const folder = await usedFolder({ withLog: true })
  rmSync(join(folder, 'opensag.db'))
  await expectRefused(folder, /it is missing, while .*opensag\.db-wal is there/)
})

test('a truncated database is reported wherever it was cut', async () => {
  const whole = await usedFolder({ withLog: false })
  const size = readFileSync(join(whole, 'opensag.db')).length
  let copies = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: size - 1 }), async (length) => {
      const folder = `${whole}-${copies++}`
      cpSync(whole, folder, { recursive: true })
      truncateSync(join(folder, 'opensag.db'), length)
      await expectRefused(folder, /is damaged/)
    }),
    { numRuns: 15 },
  )
})

test('a database without the end of its last page is reported, however little is missing', async () => {
  const whole = await usedFolder({ withLog: false })
  const size = readFileSync(join(whole, 'opensag.db')).length
  for (const missing of [1, 100, pageSize - 1]) {
    const folder = `${whole}-${missing}`
    cpSync(whole, folder, { recursive: true })
    truncateSync(join(folder, 'opensag.db'), size - missing)
    await expectRefused(folder, /is damaged/)
  }
})

test('a page of garbage is reported wherever it is', async () => {
  const whole = await usedFolder({ withLog: false })
  const pages = readFileSync(join(whole, 'opensag.db')).length / pageSize
  let copies = 0
  await fc.assert(
    fc.asyncProperty(fc.nat(pages - 1), garbagePage, async (page, garbage) => {
      const folder = `${whole}-${copies++}`
      cpSync(whole, folder, { recursive: true })
      overwrite(join(folder, 'opensag.db'), page * pageSize, garbage)
      await expectRefused(folder, /is damaged/)
    }),
    { numRuns: 25 },
  )
})

test('a page of garbage is reported, or made good by the log that holds it', async () => {
  const whole = await usedFolder({ withLog: true })
  const pages = readFileSync(join(whole, 'opensag.db')).length / pageSize
  let copies = 0
  await fc.assert(
    fc.asyncProperty(fc.nat(pages - 1), garbagePage, async (page, garbage) => {
      const folder = `${whole}-${copies++}`
      cpSync(whole, folder, { recursive: true })
      overwrite(join(folder, 'opensag.db'), page * pageSize, garbage)
      const store = await openSqliteStore({ folder }).catch((error: unknown) => error)
      if (store instanceof Error) {
        expect(store).toBeInstanceOf(DamagedDataFolder)
        return
      }
      const opened = store as Store
      const rows = await opened.read((db) => db.selectFrom('setting').selectAll().execute())
      await opened.close()
      expect(rows).toHaveLength(1000)
      expect(rows.every(({ value }) => value === 'v'.repeat(100))).toBe(true)
    }),
    { numRuns: 25 },
  )
})

test("another program's database is reported", async () => {
  const folder = temporaryFolder()
  const other = sqliteDriver.open(join(folder, 'opensag.db'), 'create')
  other.exec('create table account (id integer primary key)')
  other.close()
  await expectRefused(folder, /not a database of OpenSAG/)
})

test('a first start that was cut short is begun anew', async () => {
  const folder = await usedFolder({ withLog: false })
  renameSync(join(folder, 'opensag.db'), join(folder, 'opensag.db.new'))
  truncateSync(join(folder, 'opensag.db.new'), 5000)
  writeFileSync(join(folder, 'opensag.db.new-journal'), 'half of something')
  const store = await openSqliteStore({ folder })
  expect(await store.read((db) => db.selectFrom('setting').selectAll().execute())).toEqual([])
  await store.close()
})

test('a new database has its log from before it has its name: no journal is ever beside it under that name', async () => {
  const file = join(temporaryFolder(), 'opensag.db')
  await prepareDatabase(sqliteDriver, file)
  expect(readdirSync(dirname(file))).toEqual(['opensag.db'])
  // "File format write version" and "read version" of the SQLite header: 2 is a write-ahead log.
  expect([...readFileSync(file).subarray(18, 20)]).toEqual([2, 2])
})
