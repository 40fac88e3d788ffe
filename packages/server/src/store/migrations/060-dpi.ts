import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Whether gateways of an instance recognise applications, where what they find is recorded, and what they do it by. */
export function dpi({ whole }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('instance').addColumn('dpi_enabled', whole).execute()
      await db.schema.alterTable('instance').addColumn('dpi_project', 'text').execute()
      await db.schema.alterTable('instance').addColumn('dpi_logstore', 'text').execute()
      await db.schema.alterTable('device').addColumn('dpi_engine', 'text').execute()
    },
  }
}
