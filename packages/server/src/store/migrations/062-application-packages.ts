import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Bandwidth for applications that the operator has given to accounts, and what instances have of it. */
export function applicationPackages({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('application_package')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('region_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('bandwidth', whole, (c) => c.notNull())
        .addColumn('applications', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.alterTable('instance').addColumn('application_package_id', 'text').execute()
      await db.schema.alterTable('instance').addColumn('application_bandwidth', whole).execute()
    },
  }
}
