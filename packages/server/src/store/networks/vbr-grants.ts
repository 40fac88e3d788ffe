import type { Page } from '../fleet/fleet.ts'
import type { Reader, Writer } from '../store.ts'

/** The owner of an instance lets it back up another account's leased line. */
export interface VbrGrant {
  /** `sgv-…`. */
  readonly id: string
  readonly instanceId: string
  readonly vbrId: string
  readonly vbrRegionId: string
  readonly vbrAccountId: string
  readonly createdAt: number
}

/** Granted again it is the same grant. @returns its id. */
export async function putVbrGrant(tx: Writer, grant: VbrGrant): Promise<string> {
  const named = { vbr_region_id: grant.vbrRegionId, vbr_account_id: grant.vbrAccountId }
  const { id } = await tx
    .insertInto('vbr_grant')
    .values({
      instance_id: grant.instanceId,
      vbr_id: grant.vbrId,
      id: grant.id,
      created_at: grant.createdAt,
      ...named,
    })
    .onConflict((conflict) => conflict.columns(['instance_id', 'vbr_id']).doUpdateSet(named))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns whether there was one. */
export async function deleteVbrGrant(tx: Writer, instanceId: string, vbrId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('vbr_grant')
    .where('instance_id', '=', instanceId)
    .where('vbr_id', '=', vbrId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function hasVbrGrant(
  db: Reader,
  instanceId: string,
  vbrId: string,
  vbrAccountId: string,
): Promise<boolean> {
  const grant = await db
    .selectFrom('vbr_grant')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('vbr_id', '=', vbrId)
    .where('vbr_account_id', '=', vbrAccountId)
    .executeTakeFirst()
  return grant !== undefined
}

/** A grant, and what became of it. */
export interface ListedVbrGrant extends VbrGrant {
  readonly instanceAccountId: string
  /** The instance backs the line up. */
  readonly bound: boolean
}

export interface VbrGrantListing {
  readonly total: number
  readonly grants: readonly ListedVbrGrant[]
}

/** Either side of a grant may look at it: the owner of the instance, and the account the VBR belongs to. */
export interface VbrGrantFilter {
  readonly accountId: string
  readonly regionId: string
  readonly instanceId: string | undefined
  readonly vbrId: string | undefined
}

export async function listVbrGrants(db: Reader, filter: VbrGrantFilter, page: Page): Promise<VbrGrantListing> {
  const { accountId, instanceId, vbrId } = filter
  let matching = db
    .selectFrom('vbr_grant')
    .innerJoin('instance', 'instance.id', 'vbr_grant.instance_id')
    .leftJoin('vbr', 'vbr.id', 'vbr_grant.vbr_id')
    .where('instance.region_id', '=', filter.regionId)
    .where((eb) => eb.or([eb('instance.account_id', '=', accountId), eb('vbr_grant.vbr_account_id', '=', accountId)]))
  if (instanceId !== undefined) matching = matching.where('instance.id', '=', instanceId)
  if (vbrId !== undefined) matching = matching.where('vbr_grant.vbr_id', '=', vbrId)
  const { total } = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll('vbr_grant')
    .select(['instance.account_id as owner', 'vbr.instance_id as backup'])
    .orderBy('vbr_grant.instance_id')
    .orderBy('vbr_grant.vbr_id')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute()
  return {
    total: Number(total),
    grants: rows.map((row) => ({
      id: row.id,
      instanceId: row.instance_id,
      vbrId: row.vbr_id,
      vbrRegionId: row.vbr_region_id,
      vbrAccountId: row.vbr_account_id,
      createdAt: row.created_at,
      instanceAccountId: row.owner,
      bound: row.backup === row.instance_id,
    })),
  }
}
