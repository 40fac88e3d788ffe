import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { noteEmbedded, noteShared } from '../data-folder.ts'
import { openKeyOf } from '../master-key/master-key.suite.ts'
import { type CopyTo, copyHere } from '../store/copy/in-thread.ts'
import { DataFolderInUse } from '../store/errors.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import { backUpFolder } from './back-up-folder.ts'
import { checkBackup } from './check-backup.ts'
import { modeOf, newDataFolder, sumsOf } from './data-folder.suite.ts'
import { BackupRefused } from './errors.ts'
import { sha256Of } from './files.ts'
import { makeBackup } from './make-backup.ts'
import { markFolder } from './mark-folder.ts'

const at = Date.UTC(2026, 10, 28, 12)
const given = { withMasterKey: true, wallClock: () => at }

test('a backup of a stopped server is private, and its manifest says what is in it', async () => {
  const { root, data } = await newDataFolder()
  const to = join(root, 'backup')
  const manifest = await backUpFolder(data, { ...given, to })
  expect(readdirSync(to).sort()).toEqual(['manifest.json', 'master.key', 'opensag.db'])
  expect(modeOf(to)).toBe('700')
  for (const name of readdirSync(to)) expect(modeOf(join(to, name))).toBe('600')
  expect(JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8'))).toEqual(manifest)
  expect(manifest).toMatchObject({ createdAt: '2026-11-28T12:00:00.000Z', masterKey: 'included' })
  expect(manifest.rows).toMatchObject({ account: 1, device: 3, sts_session: 2 })
  for (const { name, sha256 } of manifest.files) expect(await sha256Of(join(to, name))).toBe(sha256)
  expect(await checkBackup(to, undefined)).toMatchObject({ manifest })
})

test('without the master key it says that it is useless without that', async () => {
  const { root, data } = await newDataFolder()
  const to = join(root, 'backup')
  const manifest = await backUpFolder(data, { ...given, to, withMasterKey: false })
  expect(readdirSync(to).sort()).toEqual(['manifest.json', 'opensag.db'])
  expect(manifest).toMatchObject({ masterKey: 'left out', note: expect.stringContaining('useless') })
  await expect(checkBackup(to, undefined)).rejects.toThrow('--master-key')
  expect(await checkBackup(to, join(data, 'master.key'))).toMatchObject({ manifest })
})

test('what is in the log only, because the server was killed, is in the backup', async () => {
  const { root, data } = await newDataFolder()
  const killed = join(root, 'killed')
  const store = await openSqliteStore({ folder: data })
  await store.write((tx) => tx.insertInto('setting').values({ name: 'late', value: 'yes' }).execute())
  cpSync(data, killed, { recursive: true })
  await store.close()
  expect(readFileSync(join(killed, 'opensag.db-wal')).length).toBeGreaterThan(0)
  const before = sumsOf(killed)
  const to = join(root, 'backup')
  await backUpFolder(killed, { ...given, to })
  expect(sumsOf(killed)).toEqual(before)
  const copy = await openSqliteStore({ folder: to })
  expect(
    await copy.read((db) => db.selectFrom('setting').select('value').where('name', '=', 'late').execute()),
  ).toEqual([{ value: 'yes' }])
  await copy.close()
})

test('nothing is written over: a second backup of the same name is refused and the first is as it was', async () => {
  const { root, data } = await newDataFolder()
  const to = join(root, 'backup')
  await backUpFolder(data, { ...given, to })
  const before = sumsOf(to)
  await expect(backUpFolder(data, { ...given, to })).rejects.toThrow('is there already')
  mkdirSync(join(root, 'empty'))
  await expect(backUpFolder(data, { ...given, to: join(root, 'empty') })).rejects.toThrow(BackupRefused)
  expect(sumsOf(to)).toEqual(before)
})

test.each([
  ['the database is not there', 'There is no opensag.db', (data: string) => join(data, 'elsewhere')],
  ['the folder around the backup is not there', 'Make that folder', (data: string) => data],
])('refused when %s', async (_, why, from) => {
  const { root, data } = await newDataFolder()
  const to = join(root, 'nowhere', 'backup')
  await expect(backUpFolder(from(data), { ...given, to })).rejects.toThrow(why)
})

test.each([
  ['is another one’s', 'does not open the database', Buffer.alloc(32, 1)],
  ['is cut short', '31 bytes instead of 32', Buffer.alloc(31)],
])('refused when the master key %s, and nothing of it is left', async (_, why, key) => {
  const { root, data } = await newDataFolder()
  writeFileSync(join(data, 'master.key'), key)
  await expect(backUpFolder(data, { ...given, to: join(root, 'backup') })).rejects.toThrow(why)
  expect(readdirSync(root)).toEqual(['data'])
})

test('a copy that fails leaves nothing behind', async () => {
  const { root, data } = await newDataFolder()
  const copy = async (to: string): Promise<never> => {
    await copyHere({ file: join(data, 'opensag.db') })(to)
    throw new Error('disk full')
  }
  const to = join(root, 'backup')
  await expect(makeBackup({ data, to, withMasterKey: true, copy, at })).rejects.toThrow('disk full')
  expect(readdirSync(root)).toEqual(['data'])
})

test('a folder that another program has open is not backed up as if it were stopped', async () => {
  const { root, data } = await newDataFolder()
  const store = await openSqliteStore({ folder: data })
  await expect(backUpFolder(data, { ...given, to: join(root, 'backup') })).rejects.toThrow(DataFolderInUse)
  await store.close()
  expect(readdirSync(root)).toEqual(['data'])
})

test('a database that was left when its server moved is not backed up as if it were the server’s, until one starts there again', async () => {
  const { root, data } = await newDataFolder()
  await noteShared(data)
  await expect(backUpFolder(data, { ...given, to: join(root, 'backup') })).rejects.toThrow('name that with --database')
  await expect(markFolder(data, { aheadMs: 0, wallClock: () => at })).rejects.toThrow('name that with --database')
  expect(readdirSync(root)).toEqual(['data'])
  expect(await noteEmbedded(data)).toBe(true)
  expect(await noteEmbedded(data)).toBe(false)
  await backUpFolder(data, { ...given, to: join(root, 'backup') })
})

test('what is no folder of a server has no backup', async () => {
  const folder = temporaryFolder()
  await expect(backUpFolder(folder, { ...given, to: join(folder, 'backup') })).rejects.toThrow(BackupRefused)
})

const passphrase = (): Promise<Secret> => Promise.resolve(Secret.of('open sesame'))

test('a wrapped master key goes into the backup as it is, and opens there with its passphrase only', async () => {
  const { root, data } = await newDataFolder()
  await (await openKeyOf(data, { passphrase })).wrap()
  const to = join(root, 'backup')
  await expect(backUpFolder(data, { ...given, to })).rejects.toThrow('is wrapped')
  const manifest = await backUpFolder(data, { ...given, to, passphrase })
  expect(manifest).toMatchObject({ masterKey: 'included, wrapped', note: expect.stringContaining('passphrase') })
  expect(readFileSync(join(to, 'master.key'))).toEqual(readFileSync(join(data, 'master.key')))
  await expect(checkBackup(to, undefined)).rejects.toThrow('is wrapped')
  expect(await checkBackup(to, undefined, passphrase)).toMatchObject({ manifest })
})

test('refused while a rotation of the master key is under way, and nothing of it is left', async () => {
  const { root, data } = await newDataFolder()
  writeFileSync(join(data, 'master.key.next'), Buffer.alloc(32))
  await expect(backUpFolder(data, { ...given, to: join(root, 'backup') })).rejects.toThrow('being rotated')
  expect(readdirSync(root)).toEqual(['data'])
})

test.each([
  ['began', 'being rotated', (data: string) => writeFileSync(join(data, 'master.key.next'), Buffer.alloc(32))],
  ['came to its end', 'was rotated while', (data: string) => writeFileSync(join(data, 'master.key'), Buffer.alloc(32))],
])('refused when a rotation %s while the database was copied', async (_, why, meanwhile) => {
  const { root, data } = await newDataFolder()
  const copy = async (to: string): ReturnType<CopyTo> => {
    const content = await copyHere({ file: join(data, 'opensag.db') })(to)
    meanwhile(data)
    return content
  }
  await expect(makeBackup({ data, to: join(root, 'backup'), withMasterKey: true, copy, at })).rejects.toThrow(why)
  expect(readdirSync(root)).toEqual(['data'])
})
