import { hash } from 'node:crypto'
import {
  type Dialect,
  DummyDriver,
  Kysely,
  type LogEvent,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { type ColumnTypes, postgresTypes, sqliteTypes } from './column-types.ts'
import { steps } from './index.ts'

/** SHA-256 of the statements of one step, on each database. */
export interface StepChecksum {
  readonly sqlite: string
  readonly postgres: string
}

/**
 * The checksums of all steps, by name. They cover the statements that a step runs on an empty database and not its source:
 * a step may be formatted anew or moved, but may not do anything else.
 */
export async function stepChecksums(): Promise<Readonly<Record<string, StepChecksum>>> {
  const sqlite = await checksumsOn(sqliteDialect, sqliteTypes)
  const postgres = await checksumsOn(postgresDialect, postgresTypes)
  return Object.fromEntries(
    Object.entries(sqlite).map(([name, sum]) => [name, { sqlite: sum, postgres: postgres[name] ?? '' }]),
  )
}

const sqliteDialect: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
}

const postgresDialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

async function checksumsOn(dialect: Dialect, types: ColumnTypes): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  for (const [name, step] of Object.entries(steps(types))) {
    const statements: string[] = []
    const log = ({ query }: LogEvent): void => {
      statements.push(JSON.stringify([query.sql, query.parameters]))
    }
    await step.up(new Kysely({ dialect, log }))
    sums[name] = hash('sha256', statements.join('\n'))
  }
  return sums
}
