import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Tags of roles and policies. Neither can be renamed, so a tag belongs to a name, as the API has it. */
export function ramTags({ tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('ram_tag')
        .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
        .addColumn('resource_type', 'text', (c) => c.notNull())
        .addColumn('resource_name', 'text', (c) => c.notNull())
        .addColumn('tag_key', 'text', (c) => c.notNull())
        .addColumn('tag_value', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('ram_tag_key', ['account_id', 'resource_type', 'resource_name', 'tag_key'])
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
