import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DataFolderInUse } from '../errors.ts'
import { libsqlDriver } from './driver.ts'
import { lockFolder } from './folder-lock.ts'
import { temporaryFolder } from './folders.suite.ts'
import { openSqliteStore } from './open.ts'

function lock(folder: string): () => void {
  return lockFolder(libsqlDriver, join(folder, 'opensag.lock'))
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

test('a lock file that a crash left behind keeps nobody out', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'opensag.lock'), '')
  lock(folder)()
})
