import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generationFloor, restoredAt, signatureFence } from '../store/access/restore-marks.ts'
import { DataFolderInUse, NewerDataFolder } from '../store/errors.ts'
import { findGateway } from '../store/gateways/gateways.ts'
import { sqliteDriver } from '../store/sqlite/driver.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import type { Store } from '../store/store.ts'
import { backUpFolder } from './back-up-folder.ts'
import { modeOf, newDataFolder, sumsOf } from './data-folder.suite.ts'
import { UnknownKeys } from './deactivate-keys.ts'
import { BackupRefused } from './errors.ts'
import { sha256Of } from './files.ts'
import { markFolder } from './mark-folder.ts'
import { type RestoreOptions, restoreBackup } from './restore-backup.ts'

const at = Date.UTC(2026, 10, 28, 12)

interface Folders {
  readonly root: string
  /** Of the server the backup was made of. */
  readonly data: string
  readonly from: string
}

async function backedUp({ withMasterKey = true } = {}): Promise<Folders> {
  const { root, data } = await newDataFolder()
  const from = join(root, 'backup')
  await backUpFolder(data, { to: from, withMasterKey, wallClock: () => at - 1000 })
  return { root, data, from }
}

const restore = (from: string, data: string, more: Partial<RestoreOptions> = {}) =>
  restoreBackup({ from, data, replace: false, aheadMs: 0, wallClock: () => at, ...more })

async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore({ folder })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

test('a backup is restored into a folder that is not there, marked, private and whole', async () => {
  const { root, data, from } = await backedUp()
  const into = join(root, 'deep', 'restored')
  // Somebody copied it about, which made it readable for others.
  for (const name of readdirSync(from)) chmodSync(join(from, name), 0o644)
  const restored = await restore(from, into)
  expect(restored).toMatchObject({ restoredAt: at, signatureFence: at, movedTo: undefined, sessionsEnded: 1 })
  expect(readdirSync(into).sort()).toEqual(['master.key', 'opensag.db', 'opensag.lock'])
  expect(readdirSync(join(root, 'deep'))).toEqual(['restored'])
  expect(modeOf(into)).toBe('700')
  for (const name of readdirSync(into)) expect(modeOf(join(into, name))).toBe('600')
  expect(readFileSync(join(into, 'master.key'))).toEqual(readFileSync(join(data, 'master.key')))
  await withStore(into, async (store) => {
    expect(await store.read(restoredAt)).toBe(at)
    expect(await store.read(signatureFence)).toBe(at)
    expect(await store.read(generationFloor)).toBe(at)
    expect(await store.read((db) => findGateway(db, 'sag1'))).toMatchObject({ trusted: true, node: undefined })
  })
})

test('an empty folder is as good as none, and nothing but an empty one', async () => {
  const { root, from } = await backedUp()
  const into = join(root, 'restored')
  mkdirSync(into)
  await restore(from, into)
  const before = sumsOf(into)
  await expect(restore(from, into)).rejects.toThrow('is not empty')
  expect(sumsOf(into)).toEqual(before)
})

test('a folder that holds something is moved aside as it is, when that was asked for', async () => {
  const { root, data, from } = await backedUp()
  await withStore(data, (store) =>
    store.write((tx) => tx.insertInto('setting').values({ name: 'late', value: 'yes' }).execute()),
  )
  const before = sumsOf(data)
  const { movedTo } = await restore(from, data, { replace: true })
  expect(movedTo).toBe(`${data}.before-20261128T120000000Z`)
  expect(sumsOf(movedTo ?? '')).toEqual(before)
  await withStore(data, async (store) => expect(await store.read(restoredAt)).toBe(at))
  expect(readdirSync(root).sort()).toEqual(['backup', 'data', 'data.before-20261128T120000000Z'])
})

test('a folder whose server runs is not moved', async () => {
  const { root, data, from } = await backedUp()
  await withStore(data, () => expect(restore(from, data, { replace: true })).rejects.toThrow(DataFolderInUse))
  expect(readdirSync(root).sort()).toEqual(['backup', 'data'])
})

test('what is in the way of the folder that is moved aside stays, and so does that folder', async () => {
  const { root, data, from } = await backedUp()
  mkdirSync(join(root, 'data.before-20261128T120000000Z'))
  const before = sumsOf(data)
  await expect(restore(from, data, { replace: true })).rejects.toThrow('is there already')
  expect(sumsOf(data)).toEqual(before)
  expect(readdirSync(root).sort()).toEqual(['backup', 'data', 'data.before-20261128T120000000Z'])
})

test('a backup without its master key takes the right one and no other', async () => {
  const { root, data, from } = await backedUp({ withMasterKey: false })
  const into = join(root, 'restored')
  const other = join(root, 'other.key')
  writeFileSync(other, Buffer.alloc(32, 7))
  await expect(restore(from, into)).rejects.toThrow('--master-key')
  await expect(restore(from, into, { masterKey: other })).rejects.toThrow('does not open')
  await restore(from, into, { masterKey: join(data, 'master.key') })
  expect(readFileSync(join(into, 'master.key'))).toEqual(readFileSync(join(data, 'master.key')))
})

test('a database or key that was damaged anywhere is refused, and nothing is there afterwards', async () => {
  const { root, from } = await backedUp()
  const damages = {
    flip(file: string, place: number): void {
      const bytes = readFileSync(file)
      const index = place % bytes.length
      bytes[index] = (bytes[index] ?? 0) ^ 1
      writeFileSync(file, bytes)
    },
    cut: (file: string, place: number): void => truncateSync(file, place % readFileSync(file).length),
    lengthen: (file: string): void => appendFileSync(file, 'x'),
    remove: (file: string): void => rmSync(file),
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('opensag.db', 'master.key'),
      fc.constantFrom(...(Object.keys(damages) as (keyof typeof damages)[])),
      fc.nat(),
      async (name, damage, place) => {
        const copy = join(temporaryRoot(root), 'backup')
        cpSync(from, copy, { recursive: true })
        damages[damage](join(copy, name), place)
        const before = sumsOf(copy)
        const beside = join(copy, '..')
        await expect(restore(copy, join(beside, 'restored'))).rejects.toThrow(BackupRefused)
        expect(readdirSync(beside)).toEqual(['backup'])
        expect(sumsOf(copy)).toEqual(before)
        rmSync(beside, { recursive: true })
      },
    ),
    { numRuns: 60 },
  )
})

let made = 0
function temporaryRoot(root: string): string {
  made += 1
  const folder = join(root, `copy-${made}`)
  mkdirSync(folder)
  return folder
}

type Content = { rows: Record<string, number>; files: unknown[]; checksum?: string }

test.each<[string, string | RegExp, (manifest: Content) => unknown]>([
  ['of a newer format', 'which is newer', (manifest) => ({ ...manifest, format: 2, version: '9.0.0' })],
  ['of another program', 'not the manifest', (manifest) => ({ ...manifest, kind: 'else' })],
  ['of another schema', 'what its manifest says', (manifest) => ({ ...manifest, schema: '009-held-password' })],
  ['of other rows', 'what its manifest says', (manifest) => ({ ...manifest, rows: { ...manifest.rows, device: 4 } })],
  ['without the database', 'names no database', (manifest) => ({ ...manifest, files: manifest.files.slice(1) })],
  ['that is empty', 'not the manifest', () => ({})],
])('a manifest %s is refused', async (_, why, change) => {
  const { root, from } = await backedUp()
  const file = join(from, 'manifest.json')
  // As the versions wrote it that had no checksum of it.
  const { checksum, ...content } = JSON.parse(readFileSync(file, 'utf8')) as Content
  expect(checksum).toBeTypeOf('string')
  writeFileSync(file, JSON.stringify(change(content)))
  await expect(restore(from, join(root, 'restored'))).rejects.toThrow(why)
  expect(readdirSync(root).sort()).toEqual(['backup', 'data'])
})

test('a folder without a manifest, or with half of one, is no backup', async () => {
  const { root, from } = await backedUp()
  truncateSync(join(from, 'manifest.json'), 100)
  await expect(restore(from, join(root, 'restored'))).rejects.toThrow('missing or damaged')
  await expect(restore(temporaryFolder(), join(root, 'restored'))).rejects.toThrow('missing or damaged')
})

test('a database of a newer version is refused', async () => {
  const { root, from } = await backedUp()
  const database = join(from, 'opensag.db')
  const connection = sqliteDriver.open(database, 'write')
  connection.exec(`insert into kysely_migration (name, timestamp) values ('999-later', '')`)
  connection.close()
  const file = join(from, 'manifest.json')
  const { checksum: _, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as {
    files: { name: string; sha256: string }[]
    checksum: string
  }
  for (const entry of manifest.files) entry.sha256 = await sha256Of(join(from, entry.name))
  writeFileSync(file, JSON.stringify(manifest))
  await expect(restore(from, join(root, 'restored'))).rejects.toThrow(NewerDataFolder)
  expect(readdirSync(root).sort()).toEqual(['backup', 'data'])
})

test('what a restore that was killed has left is in nobody’s way, and is gone afterwards', async () => {
  const { root, from } = await backedUp()
  const into = join(root, 'restored')
  const draft = `${into}.restoring`
  mkdirSync(join(draft, 'deep'), { recursive: true })
  for (const name of ['opensag.db', 'opensag.db-wal', 'master.key', 'restore.lock'])
    writeFileSync(join(draft, name), '')
  await restore(from, into)
  expect(readdirSync(into).sort()).toEqual(['master.key', 'opensag.db', 'opensag.lock'])
  expect(readdirSync(root).sort()).toEqual(['backup', 'data', 'restored'])
})

test('of two restores at once into one folder the second is refused', async () => {
  const { root, from } = await backedUp()
  const into = join(root, 'restored')
  mkdirSync(`${into}.restoring`)
  const unlock = lockFolder(sqliteDriver, join(`${into}.restoring`, 'restore.lock'))
  await expect(restore(from, into)).rejects.toThrow(DataFolderInUse)
  unlock()
  await restore(from, into)
})

test('when a key that is to stay is unknown nothing is restored', async () => {
  const { root, from } = await backedUp()
  await expect(restore(from, join(root, 'restored'), { keepKeys: ['LTAI9'] })).rejects.toThrow(UnknownKeys)
  expect(readdirSync(root).sort()).toEqual(['backup', 'data'])
})

test('a folder that was put in place by hand is marked where it is', async () => {
  const { root, data } = await backedUp()
  expect(await markFolder(data, { aheadMs: 5000, wallClock: () => at })).toMatchObject({ signatureFence: at + 5000 })
  await withStore(data, async (store) => expect(await store.read(signatureFence)).toBe(at + 5000))
  await expect(markFolder(join(root, 'nowhere'), { aheadMs: 0, wallClock: () => at })).rejects.toThrow(BackupRefused)
  expect(readdirSync(root).sort()).toEqual(['backup', 'data'])
})
