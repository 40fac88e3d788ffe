import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** How the connections of branches are recorded, and which instance has which of these. */
export function flowLogs({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('flow_log')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('region_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('description', 'text', (c) => c.notNull())
        .addColumn('output_type', 'text', (c) => c.notNull())
        .addColumn('project', 'text', (c) => c.notNull())
        .addColumn('logstore', 'text', (c) => c.notNull())
        .addColumn('sls_region', 'text', (c) => c.notNull())
        .addColumn('server_ip', 'text', (c) => c.notNull())
        .addColumn('server_port', whole, (c) => c.notNull())
        .addColumn('netflow_version', 'text', (c) => c.notNull())
        .addColumn('active_aging', whole, (c) => c.notNull())
        .addColumn('inactive_aging', whole, (c) => c.notNull())
        .addColumn('active', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('flow_log_of_account')
        .on('flow_log')
        .columns(['account_id', 'region_id', 'created_at', 'id'])
        .execute()
      await db.schema.alterTable('instance').addColumn('flow_log_id', 'text').execute()
      await db.schema.createIndex('instance_of_flow_log').on('instance').columns(['flow_log_id']).execute()
    },
  }
}
