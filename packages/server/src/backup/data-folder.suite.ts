import { hash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openIdentity } from '../channel/identity.ts'
import { createSealer } from '../sealing/sealing.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import { fillStore } from './stored.suite.ts'

export interface TestFolders {
  /** Everything else is beside it. */
  readonly root: string
  readonly data: string
}

/** A data folder as a server leaves it that was stopped. */
export async function newDataFolder(): Promise<TestFolders> {
  const root = temporaryFolder()
  const data = join(root, 'data')
  const store = await openSqliteStore({ folder: data })
  const key = randomBytes(32)
  writeFileSync(join(data, 'master.key'), key, { mode: 0o600 })
  await store.write(fillStore)
  await openIdentity({ store, sealer: createSealer(key), random: randomBytes })
  await store.close()
  return { root, data }
}

export function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}

/** What is in the files of a folder. SQLite keeps an empty log, and its index, for as long as it likes. */
export function sumsOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => !name.endsWith('-shm'))
  const filled = names.filter((name) => statSync(join(folder, name)).size > 0)
  return Object.fromEntries(filled.map((name) => [name, hash('sha256', readFileSync(join(folder, name)))]))
}
