import type { Kysely, Migration } from 'kysely'

/** The resource group of networks, QoS and flow logs; instances have had the column from the beginning. */
export function resourceGroups(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const table of ['ccn', 'qos', 'flow_log']) {
        await db.schema.alterTable(table).addColumn('resource_group_id', 'text').execute()
      }
    },
  }
}
