import { join } from 'node:path'
import {
  type SqliteConnection,
  type SqliteDriver,
  type SqliteStatement,
  type Store,
  sqliteDriver,
} from '@opensag/server/simulation'
import type { CommitFault, Database } from './database.ts'
import type { Life } from './time.ts'

/** What no schedule writes, and what the database keeps about itself. */
const kept = new Set(['kysely_migration', 'kysely_migration_lock', 'sqlite_sequence'])

export interface Parts {
  readonly driver: SqliteDriver
  readonly connections: Set<SqliteConnection>
  fault: CommitFault
  commits: number
  /** By table: the commit that may have changed it last; one that may have changed any of them beside. */
  readonly changed: Map<string, number>
}

const anyTable = '*'

/** Undefined for what changes nothing. */
function tableWritten(sql: string): string | undefined {
  if (/^(?:select|pragma) /.test(sql)) return undefined
  return /^(?:insert into|update|delete from) "(\w+)"/.exec(sql)?.[1] ?? anyTable
}

/** The driver of the real store, with commits that fail when they are told to. */
export function watchedDriver(): Parts {
  const connections = new Set<SqliteConnection>()
  /** Since the last commit. What is rolled back stays here: it is only looked at once more than it has to be. */
  const written = new Set<string>()

  function watchedStatement(statement: SqliteStatement, table: string): SqliteStatement {
    function note<T>(result: T): T {
      written.add(table)
      return result
    }
    return {
      returnsRows: statement.returnsRows,
      all: (parameters) => note(statement.all(parameters)),
      first: (parameters) => note(statement.first(parameters)),
      run: (parameters) => note(statement.run(parameters)),
    }
  }

  function committed(): void {
    parts.commits++
    for (const table of written) parts.changed.set(table, parts.commits)
    written.clear()
  }

  const parts: Parts = {
    connections,
    fault: 'none',
    commits: 0,
    changed: new Map(),
    driver: {
      open(file, mode) {
        const connection = sqliteDriver.open(file, mode)
        const watched: SqliteConnection = {
          prepare(sql) {
            const table = tableWritten(sql)
            const statement = connection.prepare(sql)
            return table === undefined ? statement : watchedStatement(statement, table)
          },
          exec(sql) {
            if (sql !== 'commit') return connection.exec(sql)
            const { fault } = parts
            parts.fault = 'none'
            if (fault === 'before') throw new Error('The disk of the store is full.')
            connection.exec(sql)
            committed()
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
): Pick<Database, 'committed' | 'commits' | 'changes' | 'image' | 'restore'> & {
  empty(): void
} {
  const file = join(folder, 'opensag.db')
  const committed = sqliteDriver.open(file, 'write')
  const tables = tablesOf(committed)
  const all = new Map(tables.map((table) => [table, committed.prepare(`select * from "${table}"`)]))

  const deletes = new Map(tables.map((table) => [table, committed.prepare(`delete from "${table}"`)]))
  committed.exec('pragma foreign_keys = off')
  /** By whoever has no part in a schedule. Before the first one, all of them count as changed. */
  let emptiedAt = -1

  function changes(table: string): number {
    return Math.max(parts.changed.get(table) ?? 0, parts.changed.get(anyTable) ?? 0)
  }

  function empty(): void {
    for (const [table, statement] of deletes) if (changes(table) > emptiedAt) statement.run([])
    emptiedAt = ++parts.commits
    for (const table of tables) parts.changed.set(table, emptiedAt)
  }

  function changedAtOnce(change: () => void): void {
    committed.exec('begin immediate')
    change()
    committed.exec('commit')
  }

  return {
    committed,
    commits: () => parts.commits,
    changes,
    empty: () => changedAtOnce(empty),
    image: () => new Map([...all].map(([table, statement]) => [table, statement.all([]) as never])),
    restore: (image) =>
      changedAtOnce(() => {
        empty()
        parts.commits++
        for (const [table, rows] of image) {
          if (rows.length > 0) parts.changed.set(table, parts.commits)
          for (const row of rows) {
            const names = Object.keys(row)
            const holes = names.map(() => '?').join(', ')
            committed.prepare(`insert into "${table}" (${names.join(', ')}) values (${holes})`).run(Object.values(row))
          }
        }
      }),
  }
}
