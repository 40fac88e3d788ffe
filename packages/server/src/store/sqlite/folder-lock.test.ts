import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { DataFolderInUse } from '../errors.ts'
import { sqliteDriver } from './driver.ts'
import { lockFolder } from './folder-lock.ts'
import { temporaryFolder } from './folders.suite.ts'
import { openSqliteStore } from './open.ts'

function lock(folder: string): () => void {
  return lockFolder(sqliteDriver, join(folder, 'opensag.lock'))
}

test('a folder is opened once in a process, and again when it was closed', async () => {
  const folder = temporaryFolder()
  const store = await openSqliteStore({ folder })
  await expect(openSqliteStore({ folder })).rejects.toThrow(DataFolderInUse)
  await expect(openSqliteStore({ folder })).rejects.toThrow(DataFolderInUse)
  await store.close()
  await (await openSqliteStore({ folder })).close()
})

test('the same folder by another name is the same folder', () => {
  const folder = join(temporaryFolder(), 'data')
  mkdirSync(folder)
  symlinkSync(folder, `${folder}-too`)
  const unlock = lock(folder)
  expect(() => lock(`${folder}-too`)).toThrow(DataFolderInUse)
  unlock()
  lock(`${folder}-too`)()
})

/** Whether another process gets the lock, asked as this program would ask. */
function isFreeForAnother(folder: string): boolean {
  const program = `
    const Database = require('libsql')
    const database = new Database(process.argv[1])
    try {
      database.exec('pragma busy_timeout = 0; begin exclusive')
    } catch (error) {
      process.exit(error.code.startsWith('SQLITE_BUSY') ? 7 : 1)
    }`
  // Where the package is found from.
  const cwd = dirname(fileURLToPath(import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, ['-e', program, join(folder, 'opensag.lock')], { cwd })
  expect([0, 7], stderr.toString()).toContain(status)
  return status === 0
}

test('another process is kept out, also after this one has tried to open the folder twice', () => {
  const folder = temporaryFolder()
  const unlock = lock(folder)
  expect(isFreeForAnother(folder)).toBe(false)
  expect(() => lock(folder)).toThrow(DataFolderInUse)
  expect(isFreeForAnother(folder)).toBe(false)
  unlock()
  expect(isFreeForAnother(folder)).toBe(true)
})

test('a lock file that a crash left behind keeps nobody out', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'opensag.lock'), '')
  lock(folder)()
})
