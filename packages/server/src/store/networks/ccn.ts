import { type Cidr, parseCidrList, printCidrs } from '@opensag/rules'
import type { Selectable } from 'kysely'
import type { Ccn } from '../../model/ccn.ts'
import type { Scope } from '../../model/scope.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Page } from '../fleet/fleet.ts'
import { giveBackNumber } from '../pops/numbers.ts'
import { inScope } from '../scope.ts'
import type { Reader, Writer } from '../store.ts'
import type { CcnTable } from './tables.ts'

export interface NewCcn {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly name: string | undefined
  readonly description: string | undefined
  readonly cidrs: readonly Cidr[]
  readonly snatCidrs: readonly Cidr[]
  readonly isDefault: boolean
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
  /** What the caller may see. */
  readonly scope?: Scope | undefined
}

export interface CcnListing {
  /** How many match, on all pages together. */
  readonly total: number
  readonly ccns: readonly Ccn[]
}

const ccnById = compiledRow((db: Reader, given: { id: string }) =>
  db.selectFrom('ccn').selectAll().where('id', '=', given.id),
)

export async function findCcn(db: Reader, id: string): Promise<Ccn | undefined> {
  const row = await ccnById(db, { id })
  return row === undefined ? undefined : ccnOf(row)
}

export async function listCcns(db: Reader, filter: CcnFilter, page: Page): Promise<CcnListing> {
  let matching = db
    .selectFrom('ccn')
    .where('account_id', '=', filter.accountId)
    .where('region_id', '=', filter.regionId)
  if (filter.id !== undefined) matching = matching.where('id', '=', filter.id)
  if (filter.name !== undefined) matching = matching.where('name', '=', filter.name)
  if (filter.scope !== undefined) matching = matching.where(inScope(db, 'ccn', filter.scope))
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
      is_default: ccn.isDefault ? 1 : 0,
      created_at: ccn.createdAt,
    })
    .execute()
}

export async function editCcn(tx: Writer, id: string, edit: CcnEdit): Promise<void> {
  const columns = {
    ...(edit.name === undefined ? {} : { name: edit.name }),
    ...(edit.description === undefined ? {} : { description: edit.description || null }),
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
  await giveBackNumber(tx, 'ccn', id)
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

export async function namesOf(db: Reader, ccnIds: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
  if (ccnIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('ccn')
    .select(['id', 'name'])
    .where('id', 'in', [...ccnIds])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name ?? undefined]))
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
    isDefault: row.is_default === 1,
    cenId: row.cen_id ?? undefined,
    cenOwnerId: row.cen_owner_id ?? undefined,
    subnet: row.subnet ?? undefined,
    resourceGroupId: row.resource_group_id ?? undefined,
    createdAt: row.created_at,
  }
}
