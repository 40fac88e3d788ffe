import { mostPops, type Pop } from '../../model/network.ts'
import { compiledQuery } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'
import { ensureNumber } from './numbers.ts'

const servingPops = compiledQuery((db: Reader, _: Record<never, never>) =>
  db
    .selectFrom('pop')
    .innerJoin('network_number', (join) =>
      join.onRef('network_number.name', '=', 'pop.serial').on('network_number.kind', '=', 'device'),
    )
    .select(['pop.serial', 'pop.endpoint', 'network_number.number'])
    .where('pop.removed_at', 'is', null)
    .orderBy('network_number.number')
    .limit(mostPops),
)

/** Those that serve, by number. */
export async function findPops(db: Reader): Promise<readonly Pop[]> {
  return (await servingPops(db, {})).rows
}

export interface StoredPop extends Pop {
  readonly createdAt: number
  /** Of the configuration it was given last; 0 before the first. */
  readonly revision: number
  /** Of the one it said that it holds. */
  readonly appliedRevision: number
  readonly isOnTrial: boolean
  readonly isEnrolled: boolean
  readonly isOnline: boolean
  readonly lastSeenAt: number | undefined
  readonly version: string
}

/** Those that serve, by number, with what is known of each. */
export async function listPops(db: Reader): Promise<readonly StoredPop[]> {
  const rows = await db
    .selectFrom('pop')
    .innerJoin('device', 'device.serial', 'pop.serial')
    .innerJoin('network_number', (join) =>
      join.onRef('network_number.name', '=', 'pop.serial').on('network_number.kind', '=', 'device'),
    )
    .select(['pop.serial', 'pop.endpoint', 'pop.created_at', 'pop.revision', 'network_number.number'])
    .select(['device.applied_revision', 'device.config_trial', 'device.seal_key', 'device.node'])
    .select(['device.last_seen_at', 'device.version'])
    .where('pop.removed_at', 'is', null)
    .orderBy('network_number.number')
    .execute()
  return rows.map((row) => ({
    serial: row.serial,
    endpoint: row.endpoint,
    number: row.number,
    createdAt: row.created_at,
    revision: row.revision,
    appliedRevision: row.applied_revision,
    isOnTrial: row.config_trial !== 0,
    isEnrolled: row.seal_key !== null,
    isOnline: row.node !== null,
    lastSeenAt: row.last_seen_at ?? undefined,
    version: row.version,
  }))
}

/**
 * Makes a point of presence of a device of the inventory.
 * @returns its number; undefined: all are taken
 */
export async function addPop(
  tx: Writer,
  { serial, endpoint, at }: { readonly serial: string; readonly endpoint: string; readonly at: number },
): Promise<number | undefined> {
  await tx
    .insertInto('pop')
    .values({ serial, endpoint, created_at: at, removed_at: null, revision: 0, digest: null })
    .execute()
  return ensureNumber(tx, 'device', serial)
}

/** It serves nobody any more. @returns whether there was one that did. */
export async function startRemoval(tx: Writer, serial: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('pop')
    .set({ removed_at: at })
    .where('serial', '=', serial)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
