import type { Selectable } from 'kysely'
import type { Ccn, Span } from '../model/ccn.ts'
import { type Cidr, parseCidrList, printCidrs } from '../model/cidr.ts'
import type { Page } from './fleet.ts'
import { hot } from './hot.ts'
import type { CcnTable } from './schema.ts'
import type { Reader, Writer } from './store.ts'

export interface NewCcn {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly name: string | undefined
  readonly description: string | undefined
  readonly cidrs: readonly Cidr[]
  readonly snatCidrs: readonly Cidr[]
  readonly createdAt: number
}

/** What changes; a member that is left out stays as it is. */
export interface CcnEdit {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly cidrs?: readonly Cidr[] | undefined
  readonly snatCidrs?: readonly Cidr[] | undefined
  readonly interworking?: Ccn['interworking'] | undefined
}

export interface CcnFilter {
  readonly accountId: string
  readonly regionId: string
  readonly id?: string | undefined
  readonly name?: string | undefined
}

export interface CcnListing {
  /** How many match, on all pages together. */
  readonly total: number
  readonly ccns: readonly Ccn[]
}

/** How many members a CCN has, and how many of them are up: the active device is connected; an App has no device. */
export interface MemberCount {
  readonly members: number
  readonly up: number
}

const ccnById = hot((db: Reader, given: { id: string }) => db.selectFrom('ccn').selectAll().where('id', '=', given.id))

export async function findCcn(db: Reader, id: string): Promise<Ccn | undefined> {
  const [row] = (await ccnById(db, { id })).rows
  return row === undefined ? undefined : ccnOf(row)
}

export async function listCcns(db: Reader, filter: CcnFilter, page: Page): Promise<CcnListing> {
  let matching = db
    .selectFrom('ccn')
    .where('account_id', '=', filter.accountId)
    .where('region_id', '=', filter.regionId)
  if (filter.id !== undefined) matching = matching.where('id', '=', filter.id)
  if (filter.name !== undefined) matching = matching.where('name', '=', filter.name)
  const { total } = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute()
  return { total: Number(total), ccns: rows.map(ccnOf) }
}

export async function countCcns(db: Reader, accountId: string): Promise<number> {
  const { total } = await db
    .selectFrom('ccn')
    .where('account_id', '=', accountId)
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export async function allCcns(db: Reader): Promise<readonly Ccn[]> {
  return (await db.selectFrom('ccn').selectAll().orderBy('created_at').orderBy('id').execute()).map(ccnOf)
}

export async function insertCcn(tx: Writer, ccn: NewCcn): Promise<void> {
  await tx
    .insertInto('ccn')
    .values({
      id: ccn.id,
      account_id: ccn.accountId,
      region_id: ccn.regionId,
      name: ccn.name ?? null,
      description: ccn.description ?? null,
      cidr_block: storedRange(ccn.cidrs),
      snat_cidr_block: storedRange(ccn.snatCidrs),
      interworking: 'enable',
      is_default: 0,
      created_at: ccn.createdAt,
    })
    .execute()
}

export async function editCcn(tx: Writer, id: string, edit: CcnEdit): Promise<void> {
  const columns = {
    ...(edit.name === undefined ? {} : { name: edit.name }),
    ...(edit.description === undefined ? {} : { description: edit.description }),
    ...(edit.cidrs === undefined ? {} : { cidr_block: storedRange(edit.cidrs) }),
    ...(edit.snatCidrs === undefined ? {} : { snat_cidr_block: storedRange(edit.snatCidrs) }),
    ...(edit.interworking === undefined ? {} : { interworking: edit.interworking }),
  }
  if (Object.keys(columns).length === 0) return
  await tx.updateTable('ccn').set(columns).where('id', '=', id).execute()
}

/** Grants to a network that is gone go with it. */
export async function deleteCcn(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('sag_grant').where('ccn_id', '=', id).execute()
  await tx.deleteFrom('ccn').where('id', '=', id).execute()
}

export async function attachToCen(
  tx: Writer,
  id: string,
  cen: { readonly cenId: string; readonly ownerId: string; readonly subnet: string | undefined } | undefined,
): Promise<void> {
  await tx
    .updateTable('ccn')
    .set({ cen_id: cen?.cenId ?? null, cen_owner_id: cen?.ownerId ?? null, subnet: cen?.subnet ?? null })
    .where('id', '=', id)
    .execute()
}

export async function hasMember(db: Reader, ccnId: string): Promise<boolean> {
  const member = await db.selectFrom('instance').select('id').where('ccn_id', '=', ccnId).limit(1).executeTakeFirst()
  return member !== undefined
}

/** Networks without a member are left out. */
export async function countMembers(db: Reader, ccnIds: readonly string[]): Promise<ReadonlyMap<string, MemberCount>> {
  if (ccnIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('instance')
    .leftJoin('device', (join) =>
      join
        .onRef('device.instance_id', '=', 'instance.id')
        .on('device.role', '=', 'active')
        .on('device.node', 'is not', null)
        .on('device.restarting_since', 'is', null)
        .on('device.locked_since', 'is', null),
    )
    .where('instance.ccn_id', 'in', [...ccnIds])
    .groupBy('instance.ccn_id')
    .select((eb) => [
      'instance.ccn_id',
      eb.fn.countAll().as('members'),
      eb.fn
        .countAll()
        .filterWhere((or) => or.or([or('instance.kind', '=', 'app'), or('device.serial', 'is not', null)]))
        .as('up'),
    ])
    .execute()
  return new Map(rows.map(({ ccn_id, members, up }) => [String(ccn_id), { members: Number(members), up: Number(up) }]))
}

export async function namesOf(db: Reader, ccnIds: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
  if (ccnIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('ccn')
    .select(['id', 'name'])
    .where('id', 'in', [...ccnIds])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name ?? undefined]))
}

/** Blocks of one CCN never overlap, so the last that begins before the span ends is the only one that can reach into it. */
const lastBlockUpTo = hot((db: Reader, given: { ccnId: string; last: number }) =>
  db
    .selectFrom('instance_cidr')
    .select('last')
    .where('ccn_id', '=', given.ccnId)
    .where('first', '<=', given.last)
    .orderBy('first', 'desc')
    .limit(1),
)

/** A block of a member has an address of the span. */
export async function usesBlock(db: Reader, ccnId: string, span: Span): Promise<boolean> {
  const [block] = (await lastBlockUpTo(db, { ccnId, last: span.last })).rows
  return block !== undefined && block.last >= span.first
}

/** A SNAT entry of a member has its address in the span. */
export async function usesSnatAddress(db: Reader, ccnId: string, { first, last }: Span): Promise<boolean> {
  const entry = await db
    .selectFrom('snat_entry')
    .select('id')
    .where('ccn_id', '=', ccnId)
    .where('snat_ip', '>=', first)
    .where('snat_ip', '<=', last)
    .limit(1)
    .executeTakeFirst()
  return entry !== undefined
}

/** A SNAT entry of the instance has the address of a member's. */
export async function sharesSnatAddress(db: Reader, instanceId: string, ccnId: string): Promise<boolean> {
  const entry = await db
    .selectFrom('snat_entry as own')
    .innerJoin('snat_entry as other', 'other.snat_ip', 'own.snat_ip')
    .select('other.id')
    .where('own.instance_id', '=', instanceId)
    .where('other.ccn_id', '=', ccnId)
    .limit(1)
    .executeTakeFirst()
  return entry !== undefined
}

/** Puts the instance into the network, or into none. */
export async function setCcn(tx: Writer, instanceId: string, ccnId: string | null, at: number | null): Promise<void> {
  await tx.updateTable('instance').set({ ccn_id: ccnId, ccn_bound_at: at }).where('id', '=', instanceId).execute()
  await tx.updateTable('instance_cidr').set({ ccn_id: ccnId }).where('instance_id', '=', instanceId).execute()
  await tx.updateTable('snat_entry').set({ ccn_id: ccnId }).where('instance_id', '=', instanceId).execute()
}

function storedRange(blocks: readonly Cidr[]): string | null {
  return blocks.length === 0 ? null : printCidrs(blocks)
}

/** What was lawful when it was stored stays as it is: nothing is reserved here. */
function rangeOf(stored: string | null): readonly Cidr[] {
  if (stored === null) return []
  const blocks = parseCidrList(stored, [])
  if (typeof blocks === 'string') throw new Error('A stored range of a network cannot be read.')
  return blocks
}

function ccnOf(row: Selectable<CcnTable>): Ccn {
  return {
    id: row.id,
    accountId: row.account_id,
    regionId: row.region_id,
    name: row.name ?? undefined,
    description: row.description ?? undefined,
    cidrs: rangeOf(row.cidr_block),
    snatCidrs: rangeOf(row.snat_cidr_block),
    interworking: row.interworking,
    cenId: row.cen_id ?? undefined,
    cenOwnerId: row.cen_owner_id ?? undefined,
    subnet: row.subnet ?? undefined,
    createdAt: row.created_at,
  }
}
