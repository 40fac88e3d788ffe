import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ramSuite } from '../access/ram.suite.ts'
import { auditSuite } from '../audit/audit.suite.ts'
import { sealsSuite } from '../audit/seals.suite.ts'
import { type Place, storeSuite } from '../store.suite.ts'
import { type SqliteConnection, type SqliteDriver, sqliteDriver } from './driver.ts'
import { temporaryFolder } from './folders.suite.ts'
import { openSqliteStore } from './open.ts'

describe('SQLite store', () => {
  async function newPlace(): Promise<Place> {
    const folder = mkdtempSync(join(tmpdir(), 'opensag-store-'))
    return {
      open: (bounds) => openSqliteStore({ folder, ...bounds }),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }
  storeSuite(newPlace)
  ramSuite(newPlace)
  auditSuite(newPlace)
  sealsSuite(newPlace)

  test('a start forgets the nonces that have expired, however many, before it reads the others', async () => {
    const folder = temporaryFolder()
    const before = await openSqliteStore({ folder })
    const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt: 2000 }
    await before.write(async (tx) => {
      for (let at = 0; at < 50_000; at += 1000) {
        const rows = Array.from({ length: 1000 }, (_, index) => ({ hash: `h${at + index}`, expires_at: 999 }))
        await tx.insertInto('nonce').values(rows).execute()
      }
    })
    await (await before.burnNonce(nonce)).durable
    await before.close()
    const store = await openSqliteStore({ folder, forgetNoncesBefore: 1000 })
    expect(await store.read((db) => db.selectFrom('nonce').select('expires_at').execute())).toEqual([
      { expires_at: 2000 },
    ])
    expect((await store.burnNonce(nonce)).fresh).toBe(false)
    expect((await store.burnNonce({ ...nonce, nonce: 'm' })).fresh).toBe(true)
    await store.close()
  })

  test('what it makes can be read by its owner alone', async () => {
    const folder = join(temporaryFolder(), 'made', 'here')
    const store = await openSqliteStore({ folder })
    await store.write((tx) => tx.insertInto('setting').values({ name: 'a', value: '' }).execute())
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)
    expect(mode(folder)).toBe('700')
    const files = readdirSync(folder).sort()
    expect(files).toEqual(['opensag.db', 'opensag.db-shm', 'opensag.db-wal', 'opensag.lock'])
    expect(files.map((name) => mode(join(folder, name)))).toEqual(['600', '600', '600', '600'])
    await store.close()
  })

  test('a backup made while it runs holds everything acknowledged and opens like the original', async () => {
    const parent = temporaryFolder()
    const store = await openSqliteStore({ folder: join(parent, 'live') })
    const names = Array.from({ length: 200 }, (_, index) => `name-${index}`)
    const put = (name: string): Promise<unknown> =>
      store.write((tx) => tx.insertInto('setting').values({ name, value: '' }).execute())
    await Promise.all(names.map(put))
    mkdirSync(join(parent, 'copy'))
    const backup = sqliteDriver.open(join(parent, 'live', 'opensag.db'), 'read')
    const meanwhile = Promise.all(['later-1', 'later-2'].map(put))
    backup.exec(`vacuum into '${join(parent, 'copy', 'opensag.db')}'`)
    backup.close()
    await meanwhile
    await store.close()
    const copy = await openSqliteStore({ folder: join(parent, 'copy') })
    const rows = await copy.read((db) => db.selectFrom('setting').select('name').execute())
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    await copy.close()
  })

  test('every commit is flushed, references are kept, and a read cannot write', async () => {
    const opened: SqliteConnection[] = []
    const driver: SqliteDriver = {
      open(file, mode) {
        const connection = sqliteDriver.open(file, mode)
        if (file.endsWith('opensag.db') && mode === 'write') opened.push(connection)
        return connection
      },
    }
    const store = await openSqliteStore({ folder: temporaryFolder(), driver })
    await store.read((db) => db.selectFrom('setting').selectAll().execute())
    const pragma = (connection: SqliteConnection | undefined, name: string): unknown =>
      Object.values(connection?.prepare(`pragma ${name}`).all([])[0] ?? {})[0]
    const [writer, reader] = opened
    expect(['synchronous', 'foreign_keys', 'journal_mode'].map((name) => pragma(writer, name))).toEqual([2, 1, 'wal'])
    expect(pragma(reader, 'query_only')).toBe(1)
    await store.close()
  })

  test('a value SQLite does not have fails its work and not the process', async () => {
    const store = await openSqliteStore({ folder: temporaryFolder() })
    for (const value of [true, undefined, Number.NaN, new Date(0), {}]) {
      const write = store.write((tx) =>
        tx
          .updateTable('setting')
          .set({ value: 'x' })
          .where('value', '=', value as string)
          .execute(),
      )
      await expect(write).rejects.toThrow(TypeError)
    }
    await store.close()
  })
})
