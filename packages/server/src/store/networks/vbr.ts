import { type Cidr, cidrAt } from '@opensag/rules'
import type { Selectable } from 'kysely'
import type { Span } from '../../model/ccn.ts'
import type { Vbr } from '../../model/vbr.ts'
import type { Reader, Writer } from '../store.ts'
import type { VbrTable } from './tables.ts'

export interface NewVbr {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly cenId: string | undefined
  readonly bgp: boolean
  readonly routes: readonly Cidr[]
}

/** Which instance backs up which line. */
export interface VbrRelation {
  readonly vbrId: string
  readonly instanceId: string
  readonly instanceAccountId: string
}

export async function insertVbr(tx: Writer, vbr: NewVbr): Promise<void> {
  await tx
    .insertInto('vbr')
    .values({
      id: vbr.id,
      account_id: vbr.accountId,
      region_id: vbr.regionId,
      cen_id: vbr.cenId ?? null,
      bgp: Number(vbr.bgp),
    })
    .execute()
  for (const { cidr, first, last } of vbr.routes) {
    await tx.insertInto('vbr_route').values({ vbr_id: vbr.id, cidr, first, last }).execute()
  }
}

export async function findVbr(db: Reader, id: string): Promise<Vbr | undefined> {
  const row = await db.selectFrom('vbr').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : vbrOf(row)
}

export async function findVbrOfInstance(db: Reader, instanceId: string): Promise<Vbr | undefined> {
  const row = await db.selectFrom('vbr').selectAll().where('instance_id', '=', instanceId).executeTakeFirst()
  return row === undefined ? undefined : vbrOf(row)
}

/**
 * A VBR of the CEN, other than the excepted one, with a route that has an address of the span; one that is backed up
 * already if there is such a one, because it stands in the way for good.
 */
export async function findOverlappingVbr(
  db: Reader,
  cenId: string,
  { first, last }: Span,
  exceptVbrId: string | undefined,
): Promise<Vbr | undefined> {
  let query = db
    .selectFrom('vbr')
    .innerJoin('vbr_route', 'vbr_route.vbr_id', 'vbr.id')
    .selectAll('vbr')
    .where('vbr.cen_id', '=', cenId)
    .where('vbr_route.first', '<=', last)
    .where('vbr_route.last', '>=', first)
    .orderBy((eb) => eb('vbr.instance_id', 'is', null))
    .orderBy('vbr.id')
    .limit(1)
  if (exceptVbrId !== undefined) query = query.where('vbr.id', '!=', exceptVbrId)
  const row = await query.executeTakeFirst()
  return row === undefined ? undefined : vbrOf(row)
}

export async function routesOf(db: Reader, vbrId: string): Promise<readonly Cidr[]> {
  const rows = await db
    .selectFrom('vbr_route')
    .select(['cidr', 'first'])
    .where('vbr_id', '=', vbrId)
    .orderBy('first')
    .orderBy('last')
    .execute()
  return rows.map(({ cidr, first }) => cidrAt(first, Number(cidr.slice(cidr.indexOf('/') + 1))))
}

/** The relation of a VBR to the instance that backs it up from then on; undefined ends it. */
export async function setBackup(
  tx: Writer,
  vbrId: string,
  backup: { readonly instanceId: string; readonly at: number } | undefined,
): Promise<void> {
  await tx
    .updateTable('vbr')
    .set({ instance_id: backup?.instanceId ?? null, bound_at: backup?.at ?? null })
    .where('id', '=', vbrId)
    .execute()
}

/** Those of these VBRs that are backed up, where the account owns the VBR or the instance. */
export async function listRelations(
  db: Reader,
  accountId: string,
  regionId: string,
  vbrIds: readonly string[],
): Promise<readonly VbrRelation[]> {
  if (vbrIds.length === 0) return []
  const rows = await db
    .selectFrom('vbr')
    .innerJoin('instance', 'instance.id', 'vbr.instance_id')
    .select(['vbr.id as vbr', 'instance.id as instance', 'instance.account_id as owner'])
    .where('vbr.id', 'in', [...vbrIds])
    .where('vbr.region_id', '=', regionId)
    .where((eb) => eb.or([eb('vbr.account_id', '=', accountId), eb('instance.account_id', '=', accountId)]))
    .orderBy('vbr.id')
    .execute()
  return rows.map(({ vbr, instance, owner }) => ({ vbrId: vbr, instanceId: instance, instanceAccountId: owner }))
}

export async function allVbrs(db: Reader): Promise<readonly Vbr[]> {
  return (await db.selectFrom('vbr').selectAll().orderBy('id').execute()).map(vbrOf)
}

function vbrOf(row: Selectable<VbrTable>): Vbr {
  return {
    id: row.id,
    accountId: row.account_id,
    regionId: row.region_id,
    cenId: row.cen_id ?? undefined,
    bgp: row.bgp !== 0,
    instanceId: row.instance_id ?? undefined,
  }
}
