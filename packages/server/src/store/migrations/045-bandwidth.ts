import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What gateways of an instance send at most, and orders that change the bandwidth of an instance. */
export function bandwidth({ whole }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('instance').addColumn('up_bandwidth_wan', whole).execute()
      await db.schema.alterTable('size_order').addColumn('max_bandwidth', whole).execute()
    },
  }
}
