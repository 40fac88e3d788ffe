import type { Secret } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'

/** What ties the sealed key to its row. */
export function reenrolmentKeyContext(serial: string): string {
  return `device/reenrolment_key_sealed/${serial}`
}

/** A key to enrol anew with, that the operator gave out. */
export interface OfferedReenrolment {
  readonly keySealed: string
  readonly until: number
}

export async function findOffered(db: Reader, serial: string): Promise<OfferedReenrolment | undefined> {
  const row = await db
    .selectFrom('device')
    .select(['reenrolment_key_sealed as keySealed', 'reenrolment_until as until'])
    .where('serial', '=', serial)
    .executeTakeFirst()
  return row?.keySealed == null || row.until === null ? undefined : { keySealed: row.keySealed, until: row.until }
}

/** Its old keys count until it has enrolled with this one. */
export async function offerReenrolment(
  tx: Writer,
  sealer: Sealer,
  {
    serial,
    key,
    at,
    until,
  }: { readonly serial: string; readonly key: Secret; readonly at: number; readonly until: number },
): Promise<void> {
  await tx
    .updateTable('device')
    .set({
      reenrolment_key_sealed: sealer.seal(key, reenrolmentKeyContext(serial)),
      reenrolment_at: at,
      reenrolment_until: until,
    })
    .where('serial', '=', serial)
    .execute()
}

/** It has served. It takes the place of the enrolment key, for a gateway that did not hear of its enrolment. */
export async function useOffered(tx: Writer, serial: string, enrolmentKeySealed: string): Promise<void> {
  await tx
    .updateTable('device')
    .set({ enrolment_key_sealed: enrolmentKeySealed, reenrolment_key_sealed: null, reenrolment_until: null })
    .where('serial', '=', serial)
    .execute()
}

/** The next gateways by serial number that have enrolled: all, or those that are not connected. */
export async function enrolledAfter(
  db: Reader,
  { after, offline, limit }: { readonly after: string; readonly offline: boolean; readonly limit: number },
): Promise<readonly string[]> {
  let wanted = db.selectFrom('device').select('serial').where('sign_key', 'is not', null).where('serial', '>', after)
  if (offline) wanted = wanted.where('node', 'is', null)
  const rows = await wanted.orderBy('serial').limit(limit).execute()
  return rows.map(({ serial }) => serial)
}

/** How far the re-enrolments are: offered and not used, expired, done. */
export async function countReenrolments(
  db: Reader,
  now: number,
): Promise<{ readonly pending: number; readonly expired: number; readonly done: number }> {
  const row = await db
    .selectFrom('device')
    .select(({ fn, eb }) => [
      fn.count(eb.case().when('reenrolment_until', '>', now).then(1).end()).as('pending'),
      fn.count(eb.case().when('reenrolment_until', '<=', now).then(1).end()).as('expired'),
      fn.count(eb.case().when('reenrolment_until', 'is', null).then(1).end()).as('done'),
    ])
    .where('reenrolment_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return { pending: Number(row.pending), expired: Number(row.expired), done: Number(row.done) }
}

/** The first gateways whose key has not served. */
export async function pendingReenrolments(db: Reader, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('device')
    .select('serial')
    .where('reenrolment_until', 'is not', null)
    .orderBy('serial')
    .limit(limit)
    .execute()
  return rows.map(({ serial }) => serial)
}
