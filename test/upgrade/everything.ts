import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Store } from '../../packages/server/src/store/store.ts'
import { type Row, rowsOf, type StoredFolder } from './stored-folder.ts'

/** Tables that hold no data of an owner, and what an upgrade changes on purpose: a table or `table.column`, and why. */
const excepted: Readonly<Record<string, string>> = {
  kysely_migration: 'gets the steps of the upgrade',
  kysely_migration_lock: 'Kysely’s own',
}

/** Every row of the stored folder is in the store, with the same value in each of its columns. */
export async function expectEverythingIn(store: Store, stored: StoredFolder): Promise<void> {
  for (const [name, table] of Object.entries(stored.tables)) {
    if (name in excepted) continue
    const columns = table.columns.filter((column) => !(`${name}.${column}` in excepted))
    const found = await store.read(async (db) => {
      const { rows } =
        await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(name)}`.execute(db)
      return rows
    })
    expect(sorted(found, columns), name).toEqual(sorted(rowsOf(table), columns))
  }
}

function sorted(rows: readonly Row[], columns: readonly string[]): readonly string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort()
}
