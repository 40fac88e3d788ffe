import type { Reader } from '../store.ts'

/** The key of the server that gateways said they have pinned, and the successor beside it. */
export interface PinnedKeys {
  /** Null: it has not said so since it enrolled, as a gateway of 0.1.0. */
  readonly key: string | null
  readonly successor: string | null
}

/** How many enrolled gateways have pinned what. */
export async function countPinned(db: Reader): Promise<readonly (PinnedKeys & { readonly gateways: number })[]> {
  const rows = await db
    .selectFrom('device')
    .select(({ fn }) => ['server_key as key', 'server_successor as successor', fn.countAll().as('gateways')])
    .where('sign_key', 'is not', null)
    .groupBy(['server_key', 'server_successor'])
    // The databases disagree about where null belongs.
    .orderBy('server_key', (order) => order.asc().nullsFirst())
    .orderBy('server_successor', (order) => order.asc().nullsFirst())
    .execute()
  return rows.map(({ gateways, ...pinned }) => ({ ...pinned, gateways: Number(gateways) }))
}

/** The first gateways by serial number that have pinned just that. */
export async function serialsPinning(
  db: Reader,
  { key, successor }: PinnedKeys,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('device')
    .select('serial')
    .where('sign_key', 'is not', null)
    .where('server_key', key === null ? 'is' : '=', key)
    .where('server_successor', successor === null ? 'is' : '=', successor)
    .orderBy('serial')
    .limit(limit)
    .execute()
  return rows.map(({ serial }) => serial)
}
