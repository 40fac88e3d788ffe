import { join } from 'node:path'
import { type SqliteConnection, type SqliteDriver, type Store, sqliteDriver } from '@opensag/server/simulation'
import type { CommitFault, Database } from './database.ts'
import type { Life } from './time.ts'

/** What no schedule writes, and what the database keeps about itself. */
const kept = new Set(['kysely_migration', 'kysely_migration_lock', 'sqlite_sequence'])

export interface Parts {
  readonly driver: SqliteDriver
  readonly connections: Set<SqliteConnection>
  fault: CommitFault
  commits: number
}

/** The driver of the real store, with commits that fail when they are told to. */
export function watchedDriver(): Parts {
  const connections = new Set<SqliteConnection>()
  const parts: Parts = {
    connections,
    fault: 'none',
    commits: 0,
    driver: {
      open(file, mode) {
        const connection = sqliteDriver.open(file, mode)
        const watched: SqliteConnection = {
          prepare: (sql) => connection.prepare(sql),
          exec(sql) {
            if (sql !== 'commit') return connection.exec(sql)
            const { fault } = parts
            parts.fault = 'none'
            if (fault === 'before') throw new Error('The disk of the store is full.')
            connection.exec(sql)
            parts.commits++
            if (fault === 'after') throw new Error('Nobody knows whether that was stored.')
          },
          get inTransaction() {
            return connection.inTransaction
          },
          close() {
            connections.delete(watched)
            connection.close()
          },
        }
        connections.add(watched)
        return watched
      },
    },
  }
  return parts
}

export const noLock = (): (() => void) => () => {}
export const isThere = async (): Promise<void> => {}
export const never = { now: () => 0, after: () => () => {} }

/** The store as one run of a server has it: when that is over, nothing it still asks for is answered. */
export function storeFor(life: Life, read: Store['read'], write: Store['write']): Store {
  const never = (): Promise<never> => new Promise(() => {})
  const unused = (): never => {
    throw new Error('Nothing in here asks the store for that.')
  }
  return {
    read: (work) => (life.alive ? read(work) : never()),
    write: (work) => (life.alive ? write(work) : never()),
    writeAudited: unused,
    record: unused,
    auditSettledTo: unused,
    burnNonce: unused,
    forgetNonces: unused,
    close: async () => {},
  }
}

function tablesOf(connection: SqliteConnection): readonly string[] {
  const rows = connection.prepare("select name from sqlite_schema where type = 'table'").all([]) as { name: string }[]
  return rows.map(({ name }) => name).filter((name) => !kept.has(name))
}

export function commonParts(
  folder: string,
  parts: Parts,
): Pick<Database, 'committed' | 'commits' | 'image' | 'restore'> & {
  empty(): void
} {
  const file = join(folder, 'opensag.db')
  const committed = sqliteDriver.open(file, 'write')
  const tables = tablesOf(committed)
  const all = new Map(tables.map((table) => [table, committed.prepare(`select * from "${table}"`)]))

  function empty(): void {
    committed.exec('pragma foreign_keys = off')
    for (const table of tables) committed.exec(`delete from "${table}"`)
    parts.commits++
  }

  return {
    committed,
    commits: () => parts.commits,
    empty,
    image: () => new Map([...all].map(([table, statement]) => [table, statement.all([]) as never])),
    restore(image) {
      committed.exec('begin immediate')
      empty()
      for (const [table, rows] of image) {
        for (const row of rows) {
          const names = Object.keys(row)
          const holes = names.map(() => '?').join(', ')
          committed.prepare(`insert into "${table}" (${names.join(', ')}) values (${holes})`).run(Object.values(row))
        }
      }
      committed.exec('commit')
    },
  }
}
