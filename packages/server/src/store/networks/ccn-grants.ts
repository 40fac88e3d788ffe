import type { Page } from '../fleet/fleet.ts'
import type { Reader, Writer } from '../store.ts'

/** The owner of an instance lets another account's CCN bind it. */
export interface SagGrant {
  /** `sgc-…`. */
  readonly id: string
  readonly instanceId: string
  readonly ccnId: string
  readonly ccnAccountId: string
  /** The owner of the CCN may also use the instance's traffic service. */
  readonly trafficService: boolean
  readonly createdAt: number
}

export async function insertGrant(tx: Writer, grant: SagGrant): Promise<void> {
  await tx
    .insertInto('sag_grant')
    .values({
      id: grant.id,
      instance_id: grant.instanceId,
      ccn_id: grant.ccnId,
      ccn_account_id: grant.ccnAccountId,
      traffic_service: Number(grant.trafficService),
      created_at: grant.createdAt,
    })
    .execute()
}

/** @returns whether there was one. */
export async function deleteGrant(tx: Writer, instanceId: string, ccnId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sag_grant')
    .where('instance_id', '=', instanceId)
    .where('ccn_id', '=', ccnId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function hasGrant(db: Reader, instanceId: string, ccnId: string): Promise<boolean> {
  const grant = await db
    .selectFrom('sag_grant')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('ccn_id', '=', ccnId)
    .executeTakeFirst()
  return grant !== undefined
}

export async function hasAnyGrant(db: Reader, instanceId: string): Promise<boolean> {
  const grant = await db
    .selectFrom('sag_grant')
    .select('id')
    .where('instance_id', '=', instanceId)
    .limit(1)
    .executeTakeFirst()
  return grant !== undefined
}

export interface GrantListing {
  readonly total: number
  readonly grants: readonly SagGrant[]
}

export async function listGrants(db: Reader, instanceId: string, page: Page): Promise<GrantListing> {
  const matching = db.selectFrom('sag_grant').where('instance_id', '=', instanceId)
  const { total } = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .orderBy('ccn_id')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute()
  return {
    total: Number(total),
    grants: rows.map((row) => ({
      id: row.id,
      instanceId: row.instance_id,
      ccnId: row.ccn_id,
      ccnAccountId: row.ccn_account_id,
      trafficService: row.traffic_service !== 0,
      createdAt: row.created_at,
    })),
  }
}

/** The instances of other accounts that this CCN may bind. */
export async function instancesGrantedTo(db: Reader, ccnId: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('sag_grant').select('instance_id').where('ccn_id', '=', ccnId).execute()
  return rows.map(({ instance_id }) => instance_id)
}
