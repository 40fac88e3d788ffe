// Where the stores of tests are. vitest.config.ts runs the files that use this twice: once on each database.
import { randomUUID } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { limit } from '../../../../../test/support/time.ts'
import type { ServerOptions } from '../../server-options.ts'
import type { StoreEvent } from '../events.ts'
import { openPostgresStore } from '../postgres/open.ts'
import { openSqliteStore } from '../sqlite/open.ts'
import type { Store } from '../store.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run; nothing in a run on SQLite. */
    postgres:
      | {
          /** A connection string of the server's superuser, to its database `postgres`. */
          readonly url: string
          /** The name of an empty database with the schema of today. */
          readonly template: string
        }
      | undefined
    /** A folder of this run for an empty file of the embedded store; of a run on SQLite. */
    emptyStores: string | undefined
  }
}

/** What both stores can be told. */
interface TestStoreOptions {
  readonly onEvent?: (event: StoreEvent) => void
  readonly mostNonces?: number | undefined
  /** After so many milliseconds a unit of work that awaits something other than the store is undone. */
  readonly unfinishedMs?: number
}

const postgres = inject('postgres')

/** The database of this run. A test asks only where the two differ on purpose, and says why. */
export const database: 'SQLite' | 'PostgreSQL' = postgres === undefined ? 'SQLite' : 'PostgreSQL'

/**
 * Opens the store of a data folder, on the database of this run. The folder is made when it is missing; the same folder
 * is the same store again. On PostgreSQL the store is a database of its own, which goes when its folder has gone.
 */
export async function openTestStore(folder: string, options: TestStoreOptions = {}): Promise<Store> {
  return postgres === undefined ? openOnSqlite(folder, options) : openOnPostgres(folder, options)
}

async function openOnSqlite(folder: string, options: TestStoreOptions): ReturnType<typeof openSqliteStore> {
  const stores = inject('emptyStores')
  // Where something is already, what is there is the test's own.
  if (stores !== undefined && !(existsSync(folder) && readdirSync(folder).length > 0)) {
    const empty = await emptyStoreIn(stores)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    copyFileSync(empty, join(folder, 'opensag.db'))
  }
  return openSqliteStore({ folder, ...options })
}

/**
 * An empty file of the schema of today, made once for all tests of a run: making it takes six times as long as opening a copy, and
 * most tests have a store of their own.
 */
async function emptyStoreIn(stores: string): Promise<string> {
  const empty = join(stores, 'opensag.db')
  if (!existsSync(empty)) {
    const draft = mkdtempSync(join(stores, 'draft-'))
    await (await openSqliteStore({ folder: draft })).close()
    // Another process may have been here meanwhile: it has made the same.
    renameSync(join(draft, 'opensag.db'), empty)
  }
  return empty
}

async function openOnPostgres(folder: string, options: TestStoreOptions): ReturnType<typeof openPostgresStore> {
  const connectionString = urlOf(await databaseOf(resolve(folder)))
  return openPostgresStore({ connectionString, waitMs: limit(7000), unfinishedMs: limit(3000), ...options })
}

/** For a server of this process: its store, on the database of this run. */
export function storeOf(data: string): Pick<ServerOptions, 'openStore'> {
  return database === 'SQLite' ? {} : { openStore: (given) => openOnPostgres(data, given) }
}

/** For `opensag server` in a process of its own: the environment that gives it its store, on the database of the run. */
export async function storeSettings(data: string): Promise<Readonly<Record<string, string>>> {
  return postgres === undefined ? {} : { OPENSAG_DATABASE: urlOf(await databaseOf(resolve(data))) }
}

/** Copies a data folder whose store is closed, with its store, to a folder that had none. */
export async function copyTestStore(from: string, to: string): Promise<void> {
  // The log of a closed folder is empty, and libsql takes its file away only when its memory is collected.
  cpSync(from, to, { recursive: true, filter: (name) => !/-(wal|shm)$/.test(name) })
  if (postgres !== undefined) await databaseOf(resolve(to), await databaseOf(resolve(from)))
}

/** Names of databases, by folder. */
const databases = new Map<string, string>()
let admin: Promise<pg.Client> | undefined

/** @param template what it is a copy of, when it is new */
async function databaseOf(folder: string, template = given().template): Promise<string> {
  await drop([...databases.keys()].filter((one) => !existsSync(one)))
  mkdirSync(folder, { recursive: true })
  let name = databases.get(folder)
  if (name === undefined) {
    name = `test_${randomUUID().replaceAll('-', '')}`
    databases.set(folder, name)
    // Copying files takes half the time of writing the copy to the log, which a server without fsync has no use for.
    await asAdmin(`create database ${name} template ${template} strategy file_copy`)
  }
  return name
}

function urlOf(name: string): string {
  const url = new URL(given().url)
  url.pathname = `/${name}`
  return url.href
}

/** After the tests of a file: its databases go, whatever became of its folders. */
export async function dropDatabases(): Promise<void> {
  await drop([...databases.keys()])
  const client = await admin
  admin = undefined
  await client?.end()
}

async function drop(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    // A store that a failed test left open does not keep its database.
    await asAdmin(`drop database if exists ${databases.get(folder)} with (force)`)
    databases.delete(folder)
  }
}

async function asAdmin(statement: string): Promise<void> {
  admin ??= connect()
  await (await admin).query(statement)
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: given().url })
  await client.connect()
  return client
}

function given(): NonNullable<typeof postgres> {
  if (postgres === undefined) throw new Error('This run has no PostgreSQL.')
  return postgres
}
