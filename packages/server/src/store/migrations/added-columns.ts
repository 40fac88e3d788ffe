import type { ColumnDataType, Migration } from 'kysely'

/** Adds columns that may be null; rows that are there already hold null in them. */
export function addedColumns(table: string, columns: Readonly<Record<string, ColumnDataType>>): Migration {
  return {
    async up(db) {
      for (const [name, type] of Object.entries(columns)) {
        await db.schema.alterTable(table).addColumn(name, type).execute()
      }
    },
  }
}
