import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/**
 * Jobs that servers run, and what each does to which gateway. A job is forgotten 90 days after its end, and its items with it;
 * an account has 200 jobs at most, of 3,000 items each.
 */
export function jobs({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('job')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull().references('account.id').onDelete('cascade'))
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('version', 'text')
        .addColumn('first_wave', whole, (c) => c.notNull())
        .addColumn('wave_growth', whole, (c) => c.notNull())
        .addColumn('largest_wave', whole, (c) => c.notNull())
        .addColumn('most_failures', whole, (c) => c.notNull())
        .addColumn('start_at', whole)
        .addColumn('window_from', whole)
        .addColumn('window_to', whole)
        .addColumn('window_offset', whole)
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('ending', 'text')
        .addColumn('reason', 'text')
        .addColumn('waves', 'text', (c) => c.notNull())
        .addColumn('creator', 'text', (c) => c.notNull())
        .addColumn('creator_user_id', 'text')
        .addColumn('creator_mfa', whole, (c) => c.notNull())
        .addColumn('creator_source', 'text', (c) => c.notNull())
        .addColumn('creator_secure', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('began_at', whole)
        .addColumn('ended_at', whole)
        .addColumn('node', 'text')
        .addColumn('leased_until', whole)
        .addColumn('epoch', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('job_of_account').on('job').columns(['account_id', 'created_at', 'id']).execute()
      await db.schema.createIndex('job_by_state').on('job').columns(['state', 'ended_at']).execute()
      await db.schema
        .createTable('job_item')
        .addColumn('job_id', 'text', (c) => c.notNull().references('job.id').onDelete('cascade'))
        .addColumn('position', whole, (c) => c.notNull())
        .addColumn('wave', whole, (c) => c.notNull())
        .addColumn('instance_id', 'text', (c) => c.notNull())
        .addColumn('region_id', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('code', 'text')
        .addColumn('expected', 'text')
        .addColumn('began_at', whole)
        .addColumn('told_at', whole)
        .addColumn('ended_at', whole)
        .addPrimaryKeyConstraint('job_item_key', ['job_id', 'position'])
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
