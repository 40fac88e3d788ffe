import type { Alert } from '../../model/alert.ts'
import type { Reader } from '../store.ts'
import { alertOfRow } from './alerts.ts'

/** Events of gateways that are about their security. `DeviceLocked` is none: how long it lasts is known. */
const securityEvents = ['DeviceHacked', 'DeviceRolledBack', 'ServerRolledBack', 'PasswordTakenBack'] as const

/** Something that happened to a device of an instance. */
export interface Moment {
  /** Of a gateway's event its number, of a change its id. */
  readonly id: string
  readonly accountId: string
  readonly instanceId: string
  readonly instanceName: string
  readonly serial: string
  readonly event: string | undefined
  readonly at: number
}

export async function newestEvent(db: Reader): Promise<number> {
  const row = await db.selectFrom('device_event').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.id ?? 0
}

/** The next events about security, in their order. */
export async function securityEventsAfter(
  db: Reader,
  { after, upTo, most }: { readonly after: number; readonly upTo: number; readonly most: number },
): Promise<readonly Moment[]> {
  const rows = await db
    .selectFrom('device_event')
    .innerJoin('instance', 'instance.id', 'device_event.instance_id')
    .select(['device_event.id', 'device_event.serial', 'device_event.kind', 'device_event.at'])
    .select(['instance.account_id', 'instance.id as instance_id', 'instance.name'])
    .where('device_event.id', '>', after)
    .where('device_event.id', '<=', upTo)
    .where('device_event.kind', 'in', [...securityEvents])
    .orderBy('device_event.id')
    .limit(most)
    .execute()
  return rows.map((row) => ({ ...momentOf(row), id: String(row.id), event: row.kind, at: row.at }))
}

/** Changes of administrator passwords that failed in this time, the oldest first. */
export async function failedChanges(
  db: Reader,
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): Promise<readonly Moment[]> {
  const rows = await db
    .selectFrom('password_change')
    .innerJoin('instance', 'instance.id', 'password_change.instance_id')
    .select(['password_change.id', 'password_change.serial', 'password_change.decided_at'])
    .select(['instance.account_id', 'instance.id as instance_id', 'instance.name'])
    .where('password_change.outcome', '=', 'failed')
    .where('password_change.decided_at', '>', from)
    .where('password_change.decided_at', '<=', to)
    .orderBy('password_change.decided_at')
    .limit(most)
    .execute()
  return rows.map((row) => ({ ...momentOf(row), id: row.id, event: undefined, at: row.decided_at ?? to }))
}

/** Alerts about a failed change of a gateway that has taken a later one. */
export async function mendedChanges(db: Reader, most: number): Promise<readonly Alert[]> {
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where('kind', '=', 'PasswordChangeFailed')
    .where('state', '=', 'Open')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('password_change')
          .select('password_change.id')
          .whereRef('password_change.serial', '=', 'alert.serial')
          .where('password_change.outcome', '=', 'succeeded')
          .whereRef('password_change.decided_at', '>', 'alert.since'),
      ),
    )
    .limit(most)
    .execute()
  return rows.map(alertOfRow)
}

function momentOf(row: {
  readonly serial: string
  readonly account_id: string
  readonly instance_id: string
  readonly name: string | null
}) {
  return { accountId: row.account_id, instanceId: row.instance_id, instanceName: row.name ?? '', serial: row.serial }
}
