import { type SelectQueryBuilder, sql } from 'kysely'
import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'
import type { Schema } from '../schema.ts'
import { idsIn, inScope, unindexed } from '../scope.ts'
import type { Reader } from '../store.ts'
import type { InstanceFilter, Listing, Page } from './fleet.ts'
import { countSize, type Parts, partSize } from './parts.ts'
import { type DeviceRow, deviceOf, type InstanceRow, instanceOf, seenOfDevice } from './rows.ts'

type Instances = SelectQueryBuilder<Schema, 'instance', object>

export async function listInstances(
  parts: Parts,
  filter: InstanceFilter,
  page: Page | undefined,
  keep: ((instance: Instance) => boolean) | undefined,
): Promise<Listing> {
  // `in ()` is an error of syntax in PostgreSQL.
  if (filter.ids?.length === 0 || filter.kinds?.length === 0) return { total: 0, instances: [] }
  const isFew = filter.ids !== undefined || filter.serial !== undefined || idsIn(filter.scope) !== undefined
  const whole = filter.accountId === undefined || isFew ? undefined : { ...filter, accountId: filter.accountId }
  if (page !== undefined && keep === undefined) {
    // The name of a network is looked up for each instance.
    if (whole !== undefined && (filter.ccnName !== undefined || !isIndexed(filter))) {
      return walkToPage(parts, whole, page)
    }
    if (filter.ccnName === undefined) return parts.read((db) => listPage(db, filter, page))
  }
  if (whole !== undefined) return walk(parts, whole, page, keep)
  const named = await parts.read(async (db) =>
    withDevices(db, await rowsOf(filtered(db, filter)), filtered(db, filter)),
  )
  const kept = keep === undefined ? named : named.filter(keep)
  return { total: kept.length, instances: page === undefined ? kept : kept.slice(...bounds(page)) }
}

async function listPage(db: Reader, filter: InstanceFilter, page: Page): Promise<Listing> {
  const total = await countOf(filtered(db, filter))
  const [offset] = bounds(page)
  const onPage = filtered(db, filter).orderBy('created_at', 'desc').orderBy('id').limit(page.size).offset(offset)
  const rows = await onPage.selectAll().execute()
  return { total, instances: await withDevices(db, rows, undefined) }
}

async function countOf(instances: Instances): Promise<number> {
  const { total } = await instances.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
  return Number(total)
}

type AccountFilter = InstanceFilter & { readonly accountId: string }

/** An index leads to what matches, or to the members of a network at most: not every instance is looked at. */
function isIndexed({ accountId, regionId, scope, ccnId, ...others }: InstanceFilter): boolean {
  if (typeof ccnId === 'string') return true
  return ccnId === undefined && Object.values(others).every((value) => value === undefined)
}

/** The last instance that was looked at. */
interface Mark {
  readonly at: number
  readonly id: string
}

/** Every instance of an account, whatever else is filtered. */
async function walk(
  parts: Parts,
  filter: AccountFilter,
  page: Page | undefined,
  keep: (instance: Instance) => boolean = () => true,
): Promise<Listing> {
  const [from, to] = page === undefined ? [0, Number.POSITIVE_INFINITY] : bounds(page)
  const shown: Instance[] = []
  let total = 0
  const walked = eachPart(parts, filter, partSize, async (db, part) => withDevices(db, await rowsOf(part()), undefined))
  for await (const instances of walked) {
    for (const instance of instances) {
      if (!keep(instance)) continue
      if (total >= from && total < to) shown.push(instance)
      total++
    }
  }
  return { total, instances: shown }
}

/** One page of what the columns decide: the database counts in every part, and only instances of the page are read. */
async function walkToPage(parts: Parts, filter: AccountFilter, page: Page): Promise<Listing> {
  const [from, to] = bounds(page)
  const shown: Instance[] = []
  let total = 0
  const walked = eachPart(parts, filter, countSize, async (db, part) => {
    const count = await countOf(part())
    const [first, end] = [Math.max(0, from - total), Math.min(count, to - total)]
    if (first >= end) return { count, instances: [] }
    const onPage = part()
      .limit(end - first)
      .offset(first)
    return { count, instances: await withDevices(db, await rowsOf(onPage), undefined) }
  })
  for await (const { count, instances } of walked) {
    total += count
    shown.push(...instances)
  }
  return { total, instances: shown }
}

/** Account, region and id, which a scope is about, are in an index: no instance is looked at. */
export function countInstances(
  db: Reader,
  filter: Pick<InstanceFilter, 'accountId' | 'regionId' | 'scope'>,
): Promise<number> {
  return countOf(filtered(db, filter))
}

/** Along `instance_of_account_by_age`: what `look` finds among the next instances that match, so many at a time. */
async function* eachPart<T>(
  parts: Parts,
  filter: AccountFilter,
  size: number,
  look: (db: Reader, part: () => Instances) => Promise<T>,
): AsyncGenerator<T, undefined> {
  let after: Mark | undefined
  for (;;) {
    const mark = after
    const { last, found } = await parts.read(async (db) => {
      const last = await nextInstances(db, filter.accountId, mark)
        .select(['id', 'created_at as at'])
        .offset(size - 1)
        .limit(1)
        .executeTakeFirst()
      const part = nextInstances(db, filter.accountId, mark).selectAll().limit(size).as('part')
      // The same columns under another name: the database must not look for them by another index.
      const within = db.selectFrom(part) as unknown as Instances
      return { last, found: await look(db, () => matching(db, within, 'part', filter)) }
    })
    yield found
    if (last === undefined) return undefined
    after = { at: Number(last.at), id: last.id }
    await parts.pause()
  }
}

function nextInstances(db: Reader, accountId: string, after: Mark | undefined): Instances {
  const all = db.selectFrom('instance').where('account_id', '=', accountId).orderBy('created_at', 'desc').orderBy('id')
  if (after === undefined) return all
  const { at, id } = after
  // The first condition alone is one that an index can be entered with.
  return all.where('created_at', '<=', at).where((eb) => eb.or([eb('created_at', '<', at), eb('id', '>', id)]))
}

function bounds({ number, size }: Page): [from: number, to: number] {
  return [(number - 1) * size, number * size]
}

function rowsOf(instances: Instances): Promise<InstanceRow[]> {
  return instances.selectAll().orderBy('created_at', 'desc').orderBy('id').execute()
}

function filtered(db: Reader, filter: InstanceFilter): Instances {
  return matching(db, db.selectFrom('instance'), 'instance', filter)
}

/** @param name of the source in the query */
function matching(db: Reader, source: Instances, name: string, filter: InstanceFilter): Instances {
  let query = source
  const few = idsIn(filter.scope)
  const column = (one: 'account_id' | 'region_id') => (few === undefined ? one : unindexed(`${name}.${one}`))
  if (filter.accountId !== undefined) query = query.where(column('account_id'), '=', filter.accountId)
  if (filter.regionId !== undefined) query = query.where(column('region_id'), '=', filter.regionId)
  if (filter.ids !== undefined) query = query.where('id', 'in', [...filter.ids])
  if (few !== undefined) query = query.where('id', 'in', [...few])
  if (filter.scope !== undefined) query = query.where(inScope(db, name as 'instance', filter.scope))
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
        selectFrom('ccn')
          .select('ccn.id')
          .where('ccn.id', '=', sql.ref<string>(`${name}.ccn_id`))
          .where('ccn.name', '=', ccnName),
      ),
    )
  }
  if (filter.serial !== undefined) {
    const bound = db.selectFrom('device').select('instance_id').where('serial', '=', filter.serial)
    query = query.where('id', 'in', bound.where('instance_id', 'is not', null).$castTo<{ instance_id: string }>())
  }
  return query
}

/** The whole inventory, by serial number. */
export async function allDevices(db: Reader): Promise<readonly Device[]> {
  const rows = await db.selectFrom('device').select(seenOfDevice).orderBy('serial').execute()
  return rows.map(deviceOf)
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
