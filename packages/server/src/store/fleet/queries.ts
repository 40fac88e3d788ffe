import type { SelectQueryBuilder } from 'kysely'
import type { Instance } from '../../model/instance.ts'
import type { Schema } from '../schema.ts'
import { idsIn, inScope, unindexed } from '../scope.ts'
import type { Reader } from '../store.ts'
import type { InstanceFilter, Listing, Page } from './fleet.ts'
import { type DeviceRow, type InstanceRow, instanceOf, seenOfDevice } from './rows.ts'

type Instances = SelectQueryBuilder<Schema, 'instance', object>

export async function listInstances(
  db: Reader,
  filter: InstanceFilter,
  page: Page | undefined,
  keep: ((instance: Instance) => boolean) | undefined,
): Promise<Listing> {
  // `in ()` is an error of syntax in PostgreSQL.
  if (filter.ids?.length === 0 || filter.kinds?.length === 0) return { total: 0, instances: [] }
  if (page === undefined || keep !== undefined) {
    const all = await withDevices(db, await rowsOf(filtered(db, filter)), filtered(db, filter))
    const kept = keep === undefined ? all : all.filter(keep)
    return { total: kept.length, instances: page === undefined ? kept : kept.slice(...bounds(page)) }
  }
  const { total } = await filtered(db, filter)
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow()
  const [offset] = bounds(page)
  const onPage = filtered(db, filter).orderBy('created_at', 'desc').orderBy('id').limit(page.size).offset(offset)
  const rows = await onPage.selectAll().execute()
  return { total: Number(total), instances: await withDevices(db, rows, undefined) }
}

function bounds({ number, size }: Page): [from: number, to: number] {
  return [(number - 1) * size, number * size]
}

function rowsOf(instances: Instances): Promise<InstanceRow[]> {
  return instances.selectAll().orderBy('created_at', 'desc').orderBy('id').execute()
}

function filtered(db: Reader, filter: InstanceFilter): Instances {
  let query: Instances = db.selectFrom('instance')
  const few = idsIn(filter.scope)
  const column = (name: 'account_id' | 'region_id') => (few === undefined ? name : unindexed(`instance.${name}`))
  if (filter.accountId !== undefined) query = query.where(column('account_id'), '=', filter.accountId)
  if (filter.regionId !== undefined) query = query.where(column('region_id'), '=', filter.regionId)
  if (filter.ids !== undefined) query = query.where('id', 'in', [...filter.ids])
  if (few !== undefined) query = query.where('id', 'in', [...few])
  if (filter.scope !== undefined) query = query.where(inScope('instance', filter.scope))
  if (filter.name !== undefined) query = query.where('name', '=', filter.name)
  if (filter.resourceGroupId !== undefined) query = query.where('resource_group_id', '=', filter.resourceGroupId)
  if (filter.kinds !== undefined) query = query.where('kind', 'in', [...filter.kinds])
  // A word that is no specification finds nothing.
  if (filter.spec !== undefined) query = query.where('spec', '=', filter.spec as Instance['spec'])
  if (filter.ccnId === null) query = query.where('ccn_id', 'is', null)
  else if (filter.ccnId !== undefined) query = query.where('ccn_id', '=', filter.ccnId)
  if (filter.ccnName !== undefined) {
    const { ccnName } = filter
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('ccn').select('ccn.id').whereRef('ccn.id', '=', 'instance.ccn_id').where('ccn.name', '=', ccnName),
      ),
    )
  }
  if (filter.serial !== undefined) {
    const bound = db.selectFrom('device').select('instance_id').where('serial', '=', filter.serial)
    query = query.where('id', 'in', bound.where('instance_id', 'is not', null).$castTo<{ instance_id: string }>())
  }
  return query
}

/** The devices of all of them in one query: named one by one on a page, by the same filter when there may be many. */
async function withDevices(
  db: Reader,
  rows: readonly InstanceRow[],
  source: Instances | undefined,
): Promise<readonly Instance[]> {
  if (rows.length === 0) return []
  const owners = source === undefined ? rows.map(({ id }) => id) : source.select('id')
  const devices = await db.selectFrom('device').select(seenOfDevice).where('instance_id', 'in', owners).execute()
  const byInstance = new Map<string | null, DeviceRow[]>()
  for (const device of devices) {
    const siblings = byInstance.get(device.instance_id)
    if (siblings === undefined) byInstance.set(device.instance_id, [device])
    else siblings.push(device)
  }
  return rows.map((row) => instanceOf(row, byInstance.get(row.id) ?? []))
}
