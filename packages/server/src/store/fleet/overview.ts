import type { SelectQueryBuilder } from 'kysely'
import type { Instance } from '../../model/instance.ts'
import type { Scope } from '../../model/scope.ts'
import type { Schema } from '../schema.ts'
import { idsIn, inScope, unindexed } from '../scope.ts'
import type { Reader } from '../store.ts'
import { type Parts, partSize } from './parts.ts'
import { type DeviceRow, instanceOf, seenOfDevice } from './rows.ts'

/** An instance with its blocks as text, for lists of very many. */
export interface FleetRow {
  readonly instance: Instance
  readonly cidrs: readonly string[]
}

export interface OverviewFilter {
  readonly accountId: string
  readonly regionId?: string | undefined
  /** One of these; they need not exist. */
  readonly ids?: readonly string[] | undefined
  /** What the caller may see. */
  readonly scope?: Scope | undefined
  /** Only those whose id is greater. */
  readonly after?: string | undefined
}

/**
 * The next instances by id, in parts of three statements, each along `instance_of_account_by_id`, so that a page of five
 * thousand costs five thousand rows and nothing before them is looked at again.
 */
export async function listFleet(parts: Parts, filter: OverviewFilter, limit: number): Promise<readonly FleetRow[]> {
  // `in ()` is an error of syntax in PostgreSQL.
  if (filter.ids?.length === 0) return []
  const found: FleetRow[] = []
  let { after } = filter
  while (found.length < limit) {
    const size = Math.min(partSize, limit - found.length)
    const part = await parts.read((db) => listPart(db, { ...filter, after }, size))
    found.push(...part)
    if (part.length < size) break
    after = part.at(-1)?.instance.id
    await parts.pause()
  }
  return found
}

async function listPart(db: Reader, filter: OverviewFilter, limit: number): Promise<readonly FleetRow[]> {
  const rows = await selected(db, filter).selectAll('instance').orderBy('instance.id').limit(limit).execute()
  const last = rows.at(-1)?.id
  if (last === undefined) return []
  const devices = await selected(db, filter)
    .innerJoin('device', 'device.instance_id', 'instance.id')
    .select(seenOfDevice)
    .where('instance.id', '<=', last)
    .execute()
  const cidrs = await selected(db, filter)
    .innerJoin('instance_cidr', 'instance_cidr.instance_id', 'instance.id')
    .select(['instance_cidr.instance_id', 'instance_cidr.cidr'])
    .where('instance.id', '<=', last)
    .orderBy('instance.id')
    .orderBy('instance_cidr.position')
    .execute()
  const devicesOf = grouped<DeviceRow>(devices)
  const cidrsOf = grouped(cidrs)
  return rows.map((row) => ({
    instance: instanceOf(row, devicesOf.get(row.id) ?? []),
    cidrs: (cidrsOf.get(row.id) ?? []).map(({ cidr }) => cidr),
  }))
}

function selected(
  db: Reader,
  { accountId, regionId, ids, scope, after }: OverviewFilter,
): SelectQueryBuilder<Schema, 'instance', object> {
  const few = idsIn(scope)
  let query: SelectQueryBuilder<Schema, 'instance', object> = db
    .selectFrom('instance')
    .where(few === undefined ? 'instance.account_id' : unindexed('instance.account_id'), '=', accountId)
  if (few !== undefined) query = query.where('instance.id', 'in', [...few])
  if (regionId !== undefined) query = query.where('instance.region_id', '=', regionId)
  if (ids !== undefined) query = query.where('instance.id', 'in', [...ids])
  if (scope !== undefined) query = query.where(inScope(db, 'instance', scope))
  if (after !== undefined) query = query.where('instance.id', '>', after)
  return query
}

function grouped<T extends { readonly instance_id: string | null }>(
  rows: readonly T[],
): ReadonlyMap<string | null, T[]> {
  const groups = new Map<string | null, T[]>()
  for (const row of rows) {
    const group = groups.get(row.instance_id)
    if (group === undefined) groups.set(row.instance_id, [row])
    else group.push(row)
  }
  return groups
}
