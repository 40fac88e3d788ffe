import type { Selectable } from 'kysely'
import type { Page } from '../fleet/fleet.ts'
import type { Reader, Writer } from '../store.ts'
import type { CenGrantTable } from './tables.ts'

/** The owner of a network lets another account's CEN take it up. */
export interface CenGrant {
  /** A UUID. */
  readonly id: string
  readonly ccnId: string
  readonly cenId: string
  readonly cenAccountId: string
  /** The owner of the CEN may also use the network's traffic service. */
  readonly trafficService: boolean
  readonly createdAt: number
  readonly modifiedAt: number
}

/** Granted again it is the same grant, with what is new about it. */
export async function putCenGrant(tx: Writer, grant: Omit<CenGrant, 'modifiedAt'>): Promise<void> {
  const changing = {
    cen_account_id: grant.cenAccountId,
    traffic_service: Number(grant.trafficService),
    modified_at: grant.createdAt,
  }
  await tx
    .insertInto('cen_grant')
    .values({ ccn_id: grant.ccnId, cen_id: grant.cenId, id: grant.id, created_at: grant.createdAt, ...changing })
    .onConflict((conflict) => conflict.columns(['ccn_id', 'cen_id']).doUpdateSet(changing))
    .execute()
}

/** @returns whether there was one. */
export async function deleteCenGrant(tx: Writer, ccnId: string, cenId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('cen_grant')
    .where('ccn_id', '=', ccnId)
    .where('cen_id', '=', cenId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** The account whose CEN that is, by the word of the network's owner. */
export async function findCenOwner(db: Reader, ccnId: string, cenId: string): Promise<string | undefined> {
  const grant = await db
    .selectFrom('cen_grant')
    .select('cen_account_id')
    .where('ccn_id', '=', ccnId)
    .where('cen_id', '=', cenId)
    .executeTakeFirst()
  return grant?.cen_account_id
}

export interface CenGrantListing {
  readonly total: number
  readonly grants: readonly CenGrant[]
}

export interface CenGrantFilter {
  /** Owner of the networks. */
  readonly accountId: string
  readonly regionId: string
  readonly ccnId: string | undefined
}

export async function listCenGrants(db: Reader, filter: CenGrantFilter, page: Page): Promise<CenGrantListing> {
  let matching = db
    .selectFrom('cen_grant')
    .innerJoin('ccn', 'ccn.id', 'cen_grant.ccn_id')
    .where('ccn.account_id', '=', filter.accountId)
    .where('ccn.region_id', '=', filter.regionId)
  if (filter.ccnId !== undefined) matching = matching.where('ccn.id', '=', filter.ccnId)
  const { total } = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll('cen_grant')
    .orderBy('cen_grant.ccn_id')
    .orderBy('cen_grant.cen_id')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute()
  return { total: Number(total), grants: rows.map(grantOf) }
}

function grantOf(row: Selectable<CenGrantTable>): CenGrant {
  return {
    id: row.id,
    ccnId: row.ccn_id,
    cenId: row.cen_id,
    cenAccountId: row.cen_account_id,
    trafficService: row.traffic_service !== 0,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
}
