import { type CreateTableBuilder, type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

type Table = CreateTableBuilder<string, string>

/** `column in ('a', 'b')`, spelled out because a check constraint takes no parameters. */
function oneOf(table: Table, column: string, values: readonly string[]): Table {
  const list = sql.join(values.map((value) => sql.lit(value)))
  return table.addCheckConstraint(`${column}_known`, sql`${sql.ref(column)} in (${list})`)
}

function flag(table: Table, column: string): Table {
  return table.addCheckConstraint(`${column}_flag`, sql`${sql.ref(column)} in (0, 1)`)
}

export function base({ whole, serial, uniqueNonces, tableEnd }: ColumnTypes): Migration {
  async function accounts(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('account')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', whole, (c) => c.notNull())
      .modifyEnd(tableEnd)
      .execute()
    await db.schema
      .createTable('access_key')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
      .addColumn('secret_sealed', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('created_at', whole, (c) => c.notNull())
      .$call((table) => oneOf(table, 'status', ['Active', 'Inactive']))
      .modifyEnd(tableEnd)
      .execute()
    await db.schema.createIndex('access_key_of_account').on('access_key').column('account_id').execute()
    await db.schema
      .createTable('nonce')
      .addColumn('id', serial, (c) => c.primaryKey().notNull())
      .addColumn('hash', 'text', (c) => (uniqueNonces ? c.notNull().unique() : c.notNull()))
      .addColumn('expires_at', whole, (c) => c.notNull())
      .modifyEnd(tableEnd)
      .execute()
  }

  async function instances(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('instance')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
      .addColumn('region_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('spec', 'text', (c) => c.notNull())
      .addColumn('name', 'text')
      .addColumn('description', 'text')
      .addColumn('ha_type', 'text', (c) => c.notNull())
      .addColumn('max_bandwidth', whole, (c) => c.notNull())
      .addColumn('cpe_version', 'text')
      .addColumn('buyer_message', 'text')
      .addColumn('receiver', 'text')
      .addColumn('resource_group_id', 'text')
      .addColumn('order_id', 'text', (c) => c.notNull())
      .addColumn('already_have_sag', whole, (c) => c.notNull())
      .addColumn('period_months', whole, (c) => c.notNull())
      .addColumn('created_at', whole, (c) => c.notNull())
      .addColumn('paid_at', whole)
      .addColumn('shipped_at', whole)
      .addColumn('arrived_at', whole)
      .addColumn('returning_at', whole)
      .addColumn('activated_at', whole)
      .addColumn('overdue_since', whole)
      .addColumn('ends_at', whole)
      .addColumn('routing_strategy', 'text', (c) => c.notNull())
      .addColumn('security_lock_threshold', whole, (c) => c.notNull())
      .addColumn('position', 'text')
      .addColumn('city', 'text')
      .$call((table) => oneOf(table, 'kind', ['hardware', 'vcpe', 'app']))
      .$call((table) => oneOf(table, 'ha_type', ['no_backup', 'cold_backup', 'warm_backup']))
      .$call((table) => oneOf(table, 'routing_strategy', ['static', 'dynamic']))
      .$call((table) => flag(table, 'already_have_sag'))
      .modifyEnd(tableEnd)
      .execute()
    await db.schema
      .createIndex('instance_of_account')
      .on('instance')
      // In the order of the list, to the last column: a page is found without sorting what stands before it.
      .columns(['account_id', 'region_id', 'created_at desc', 'id'])
      .execute()
    await db.schema.createIndex('instance_of_order').on('instance').column('order_id').execute()
  }

  async function devices(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('device')
      .addColumn('serial', 'text', (c) => c.primaryKey().notNull())
      .addColumn('model', 'text', (c) => c.notNull())
      .addColumn('version', 'text', (c) => c.notNull())
      .addColumn('created_at', whole, (c) => c.notNull())
      .addColumn('instance_id', 'text', (c) => c.references('instance.id'))
      .addColumn('role', 'text')
      .addColumn('bound_at', whole)
      .addColumn('enrolment_key_sealed', 'text', (c) => c.notNull())
      .addColumn('sign_key', 'text')
      .addColumn('seal_key', 'text')
      .addColumn('enrolled_at', whole)
      .addColumn('ticket', 'text')
      .addColumn('ticket_next', 'text')
      .addColumn('node', 'text')
      .addColumn('connected_at', whole)
      .addColumn('last_seen_at', whole)
      .addColumn('started_at', whole)
      .addColumn('service_ip', 'text')
      .addColumn('console_url', 'text')
      .addColumn('syn_status', 'text', (c) => c.notNull())
      .addColumn('resettable', whole, (c) => c.notNull())
      .addColumn('password_generation', whole, (c) => c.notNull())
      .$call((table) => oneOf(table, 'role', ['active', 'standby']))
      .$call((table) => oneOf(table, 'syn_status', ['Synchronized', 'Unsynchronized', 'Synchronizing']))
      .$call((table) => flag(table, 'resettable'))
      .modifyEnd(tableEnd)
      .execute()
    await db.schema.createIndex('device_of_instance').on('device').column('instance_id').execute()
  }

  async function records(db: Kysely<unknown>): Promise<void> {
    // Records name a device without referring to it: they outlive it.
    await db.schema
      .createTable('password_change')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('serial', 'text', (c) => c.notNull())
      .addColumn('instance_id', 'text', (c) => c.notNull())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('principal', 'text', (c) => c.notNull())
      .addColumn('request_id', 'text', (c) => c.notNull())
      .addColumn('requested_at', whole, (c) => c.notNull())
      .addColumn('decided_at', whole)
      .addColumn('outcome', 'text', (c) => c.notNull())
      .$call((table) => oneOf(table, 'outcome', ['requested', 'succeeded', 'failed']))
      .modifyEnd(tableEnd)
      .execute()
    await db.schema
      .createIndex('password_change_of_device')
      .on('password_change')
      // Whether one is under way must not take longer the more there were.
      .columns(['serial', 'outcome'])
      .execute()
    await db.schema
      .createTable('device_event')
      .addColumn('id', serial, (c) => c.primaryKey().notNull())
      .addColumn('serial', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('at', whole, (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .modifyEnd(tableEnd)
      .execute()
    await db.schema.createIndex('device_event_of_device').on('device_event').columns(['serial', 'id']).execute()
    await db.schema
      .createTable('setting')
      .addColumn('name', 'text', (c) => c.primaryKey().notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .modifyEnd(tableEnd)
      .execute()
  }

  return {
    async up(db) {
      await accounts(db)
      await instances(db)
      await devices(db)
      await records(db)
    },
  }
}
