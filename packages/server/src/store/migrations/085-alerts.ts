import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Who is told what: rules, where alerts go, the alerts, and the messages that wait to be sent. */
export function alerts({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('alert_rule')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('threshold', whole, (c) => c.notNull())
        .addColumn('instance_ids', 'text')
        .addColumn('channel_ids', 'text', (c) => c.notNull())
        .addColumn('quiet_from', whole)
        .addColumn('quiet_to', whole)
        .addColumn('quiet_offset', whole)
        .addColumn('repeat_minutes', whole, (c) => c.notNull())
        .addColumn('enabled', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('alert_rule_of_account')
        .on('alert_rule')
        .columns(['account_id', 'created_at', 'id'])
        .execute()
      await db.schema
        .createTable('alert_channel')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('language', 'text', (c) => c.notNull())
        .addColumn('target_sealed', 'text', (c) => c.notNull())
        .addColumn('secret_sealed', 'text')
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('sent_at', whole)
        .addColumn('failed_at', whole)
        .addColumn('failure', 'text')
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('alert_channel_of_account')
        .on('alert_channel')
        .columns(['account_id', 'created_at', 'id'])
        .execute()
      await db.schema
        .createTable('alert')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('rule_id', 'text', (c) => c.notNull())
        .addColumn('rule_name', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('cause', 'text', (c) => c.notNull())
        .addColumn('once', 'text', (c) => c.unique())
        .addColumn('instance_id', 'text', (c) => c.notNull())
        .addColumn('instance_name', 'text', (c) => c.notNull())
        .addColumn('serial', 'text')
        .addColumn('event', 'text')
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('since', whole, (c) => c.notNull())
        .addColumn('opened_at', whole)
        .addColumn('acknowledged_at', whole)
        .addColumn('acknowledged_by', 'text')
        .addColumn('closed_at', whole)
        .addColumn('told_at', whole)
        .addColumn('end_untold', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      for (const [name, columns] of [
        ['alert_of_account', ['account_id', 'state', 'opened_at', 'id']],
        ['alert_by_state', ['state', 'account_id']],
        ['alert_of_instance', ['account_id', 'instance_id']],
        ['alert_of_rule', ['rule_id', 'state', 'told_at']],
        ['alert_end_untold', ['rule_id', 'end_untold']],
        ['alert_by_end', ['account_id', 'closed_at']],
      ] as const) {
        await db.schema
          .createIndex(name)
          .on('alert')
          .columns([...columns])
          .execute()
      }
      await db.schema
        .createTable('alert_message')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('channel_id', 'text', (c) => c.notNull())
        .addColumn('content', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('due_at', whole, (c) => c.notNull())
        .addColumn('attempts', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('alert_message_due').on('alert_message').columns(['due_at']).execute()
      await db.schema.createIndex('alert_message_of_channel').on('alert_message').columns(['channel_id']).execute()
      // Which changes failed lately.
      await db.schema
        .createIndex('password_change_decided')
        .on('password_change')
        .columns(['outcome', 'decided_at'])
        .execute()
    },
  }
}
