import { join, resolve } from 'node:path'
import { makeFolderDurably } from '../../durable-files.ts'
import { defaultMostNonces } from '../access/nonces.ts'
import { newestAuditEntry } from '../audit/audit.ts'
import { SchemaNotUpgraded } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Store } from '../store.ts'
import { type StoreTime, systemTime } from '../store-time.ts'
import { prepareDatabase } from './database-file.ts'
import { type SqliteConnection, type SqliteDriver, sqliteCode, sqliteDriver } from './driver.ts'
import { lockFolder } from './folder-lock.ts'
import { createGroupCommit } from './group-commit.ts'
import { createNonceMemory, defaultFoldAt } from './nonce-memory.ts'
import { createReaders } from './readers.ts'

export interface SqliteStoreOptions {
  /** The data folder; the database in it is `opensag.db`. Made, for its owner alone, when it is missing. */
  readonly folder: string
  readonly onEvent?: (event: StoreEvent) => void
  /** After so many milliseconds a unit of work that awaits something other than the store is undone. */
  readonly unfinishedMs?: number
  /** After so many milliseconds those who wait for a commit get one, however many more are behind them. */
  readonly groupMs?: number
  /** Nonces that expired before are forgotten before the others are read; milliseconds since 1970. Without it, later. */
  readonly forgetNoncesBefore?: number | undefined
  /** So many used nonces are kept; then no more are taken until some have expired. */
  readonly mostNonces?: number | undefined
  /** So many rows of nonces become runs; the less, the more often they do. */
  readonly foldNoncesAt?: number
  readonly driver?: SqliteDriver
  readonly time?: StoreTime
  /** How the folder comes to be there; a simulation waits for no real disk. */
  readonly makeFolder?: (path: string) => Promise<void>
  /** How the folder is kept from others, and then given back; a simulation that kills a server in its own process has its own. */
  readonly lock?: typeof lockFolder
}

/**
 * The embedded store: one process, one folder, nothing to install.
 *
 * @throws DataFolderInUse, DamagedDataFolder, NewerDataFolder; the folder is as it was then
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { onEvent = () => {}, unfinishedMs = 5000, groupMs = 20, driver = sqliteDriver } = options
  const { time = systemTime, makeFolder = makeFolderDurably, lock = lockFolder } = options
  const folder = resolve(options.folder)
  const file = join(folder, 'opensag.db')
  await makeFolder(folder)
  const unlock = lock(driver, join(folder, 'opensag.lock'))
  try {
    await prepareDatabase(driver, file)
    return await openPrepared(driver, file, {
      mostNonces: options.mostNonces ?? defaultMostNonces,
      foldNoncesAt: options.foldNoncesAt ?? defaultFoldAt,
      onEvent,
      unfinishedMs,
      groupMs,
      time,
      unlock,
      forgetNoncesBefore: options.forgetNoncesBefore,
    })
  } catch (error) {
    unlock()
    // SQLite does not say which file it was about.
    throw withFolder(error, folder)
  }
}

/** @returns the error; that of the database, which may be the cause, also tells the folder */
function withFolder(error: unknown, folder: string): unknown {
  const cause = error instanceof SchemaNotUpgraded ? error.cause : error
  if (sqliteCode(cause) !== undefined) Object.assign(cause as Error, { path: folder })
  return error
}

interface Given extends Pick<SqliteStoreOptions, 'forgetNoncesBefore'> {
  readonly mostNonces: number
  readonly foldNoncesAt: number
  readonly onEvent: (event: StoreEvent) => void
  readonly unfinishedMs: number
  readonly groupMs: number
  readonly time: StoreTime
  readonly unlock: () => void
}

async function openPrepared(driver: SqliteDriver, file: string, given: Given): Promise<Store> {
  const { onEvent, unfinishedMs, groupMs, time, unlock, forgetNoncesBefore } = given
  const writer = openWriter(driver, file)
  const readers = createReaders({ open: () => openReader(driver, file), onEvent, unfinishedMs, time })
  const commits = createGroupCommit({
    connection: writer,
    beforeCommit: readers.pin,
    onEvent,
    unfinishedMs,
    groupMs,
    time,
  })
  const nonces = await createNonceMemory(writer, commits, {
    before: forgetNoncesBefore,
    most: given.mostNonces,
    foldAt: given.foldNoncesAt,
    onEvent,
  })
  // Only now: runs are read once, and would fill it with what nobody reads again.
  writer.exec('pragma cache_size = -16384')

  let closing: Promise<void> | undefined
  async function close(): Promise<void> {
    await commits.close()
    await readers.close()
    try {
      // What the log holds goes into the database, so that a closed folder is one file to copy.
      if (!writer.inTransaction) writer.exec('pragma wal_checkpoint(truncate)')
    } finally {
      writer.close()
      unlock()
    }
  }

  return {
    read: readers.read,
    write: (work) => commits.write(work),
    writeAudited: (work, audit) => commits.write(work, { audit }),
    record: commits.record,
    // One writer: a number that is committed has none below it that is not.
    auditSettledTo: () => readers.read(newestAuditEntry),
    // Fresh or not is known before the commit, so that what the request goes on to write can share it.
    burnNonce: async (nonce) => nonces.burn(nonce),
    forgetNonces: nonces.forget,
    state: () => ({ worksWaiting: commits.waiting(), connections: readers.state() }),
    close: () => (closing ??= close()),
  }
}

/** FULL: the log is flushed with every commit, so what was acknowledged survives a power cut. */
function openWriter(driver: SqliteDriver, file: string): SqliteConnection {
  const connection = driver.open(file, 'write')
  const [mode] = connection.prepare('pragma journal_mode = wal').all([]) as { journal_mode: string }[]
  if (mode?.journal_mode !== 'wal') {
    throw new Error(`${file} is on a file system that cannot share memory between connections. Use a local disk.`)
  }
  connection.exec('pragma synchronous = full; pragma foreign_keys = on')
  connection.exec('pragma wal_autocheckpoint = 2000')
  return connection
}

function openReader(driver: SqliteDriver, file: string): SqliteConnection {
  const connection = driver.open(file, 'write')
  connection.exec('pragma query_only = on; pragma cache_size = -4096')
  return connection
}
