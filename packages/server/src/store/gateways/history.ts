import type { JournalOutcome } from '@opensag/protocol'
import type { Absence } from '../../model/gateway-health.ts'
import type { PresenceEvent } from '../../model/presence-history.ts'
import type { Scope } from '../../model/scope.ts'
import { inScope } from '../scope.ts'
import type { Reader } from '../store.ts'
import { eventsOf } from './events.ts'

/** One attempt to change an administrator password, as its instance's owner may know it. The value is nowhere. */
export interface PasswordChange {
  readonly id: string
  readonly serial: string
  /** Its number among the changes of that gateway; undefined where it was not kept. */
  readonly generation: number | undefined
  readonly outcome: JournalOutcome
  readonly requestedAt: number
  readonly decidedAt: number | undefined
  readonly principal: string
  readonly requestId: string
}

export interface GatewayEventRow {
  readonly id: number
  readonly serial: string
  readonly kind: string
  readonly at: number
  readonly detail: string
}

/** Where a page of changes ended. */
export interface ChangePlace {
  readonly requestedAt: number
  readonly id: string
}

interface Wanted<Place> {
  readonly instanceId: string
  /** Of this gateway only. */
  readonly serial: string | undefined
  /** Where the page before ended. */
  readonly before: Place | undefined
  readonly most: number
}

export interface FailedWanted {
  readonly accountId: string
  readonly since: number
  /** What the caller may see. */
  readonly scope: Scope | undefined
  readonly most: number
}

export interface FailedPassword {
  readonly instanceId: string
  readonly regionId: string
  readonly name: string | undefined
  readonly serial: string
  /** Of the newest attempt that failed. */
  readonly at: number
}

/** The newest of them, a device each, and how many there are. */
export interface FailedPasswords {
  readonly total: number
  readonly newest: readonly FailedPassword[]
}

/** What happened to the gateways of one instance while they were bound to it, newest first. */
export interface GatewayHistory {
  passwordChanges(wanted: Wanted<ChangePlace>): Promise<readonly PasswordChange[]>
  /** `before`: the id of an event. */
  events(wanted: Wanted<number>): Promise<readonly GatewayEventRow[]>
  /** When a gateway of this instance came and went, newest first. */
  presence(instanceId: string, serial: string, most: number): Promise<readonly PresenceEvent[]>
  /** How the last connection of each of these gateways ended, and what was seen since. */
  absences(serials: readonly string[]): Promise<ReadonlyMap<string, Absence>>
  /** Whether a gateway of that account is connected, other than this one. */
  othersConnected(accountId: string, serial: string): Promise<boolean>
  /** Devices of an account of which a password change failed since then that none which succeeded followed. */
  failedPasswords(wanted: FailedWanted): Promise<FailedPasswords>
}

export function createGatewayHistory(db: Reader): GatewayHistory {
  return {
    async passwordChanges({ instanceId, serial, before, most }) {
      let query = db
        .selectFrom('password_change')
        .select(['id', 'serial', 'generation', 'outcome', 'requested_at', 'decided_at', 'principal', 'request_id'])
        .where('instance_id', '=', instanceId)
      if (serial !== undefined) query = query.where('serial', '=', serial)
      if (before !== undefined) {
        query = query.where((where) =>
          where.or([
            where('requested_at', '<', before.requestedAt),
            where.and([where('requested_at', '=', before.requestedAt), where('id', '<', before.id)]),
          ]),
        )
      }
      const rows = await query.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(most).execute()
      return rows.map((row) => ({
        id: row.id,
        serial: row.serial,
        generation: row.generation ?? undefined,
        outcome: row.outcome,
        requestedAt: row.requested_at,
        decidedAt: row.decided_at ?? undefined,
        principal: row.principal,
        requestId: row.request_id,
      }))
    },
    events({ instanceId, serial, before, most }) {
      let query = db
        .selectFrom('device_event')
        .select(['id', 'serial', 'kind', 'at', 'detail'])
        .where('instance_id', '=', instanceId)
      if (serial !== undefined) query = query.where('serial', '=', serial)
      if (before !== undefined) query = query.where('id', '<', before)
      return query.orderBy('id', 'desc').limit(most).execute()
    },
    presence: (instanceId, serial, most) => presenceOf(db, instanceId, serial, most),
    async absences(serials) {
      const found = new Map<string, Absence>()
      for (const serial of serials) found.set(serial, await absenceOf(db, serial))
      return found
    },
    async othersConnected(accountId, serial) {
      const other = await db
        .selectFrom('instance')
        .innerJoin('device', 'device.instance_id', 'instance.id')
        .select('device.serial')
        .where('instance.account_id', '=', accountId)
        .where('device.node', 'is not', null)
        .where('device.serial', '!=', serial)
        .limit(1)
        .executeTakeFirst()
      return other !== undefined
    },
    failedPasswords: (wanted) => failedPasswords(db, wanted),
  }
}

export function presenceOf(
  db: Reader,
  instanceId: string,
  serial: string,
  most: number,
): Promise<readonly PresenceEvent[]> {
  return db
    .selectFrom('device_event')
    .select(['kind', 'at', 'detail'])
    .where('instance_id', '=', instanceId)
    .where('serial', '=', serial)
    .where('kind', 'in', ['DeviceOnline', 'DeviceOffline'])
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

/** As many events of a gateway are looked at: others than that it went are rare while it is away. */
const lookedAt = 10

async function absenceOf(db: Reader, serial: string): Promise<Absence> {
  const events = await eventsOf(db, serial, lookedAt)
  const gone = events.findIndex(({ kind }) => kind === 'DeviceOffline')
  const since = gone === -1 ? events : events.slice(0, gone)
  return { ending: events[gone]?.detail, secondIdentity: since.some(({ kind }) => kind === 'DeviceHacked') }
}

async function failedPasswords(db: Reader, { accountId, since, scope, most }: FailedWanted): Promise<FailedPasswords> {
  let failed = db
    .selectFrom('password_change as failed')
    .innerJoin('instance', 'instance.id', 'failed.instance_id')
    .select(['instance.id', 'instance.region_id', 'instance.name', 'failed.serial'])
    .select(({ fn }) => [
      fn.max('failed.requested_at').as('at'),
      // Of all groups, however few of them are wanted.
      fn.countAll<number | string>().over().as('total'),
    ])
    .groupBy(['instance.id', 'instance.region_id', 'instance.name', 'failed.serial'])
    .where('failed.account_id', '=', accountId)
    .where('failed.outcome', '=', 'failed')
    .where('failed.requested_at', '>=', since)
    .where('instance.account_id', '=', accountId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('password_change as later')
            .select('later.id')
            .whereRef('later.serial', '=', 'failed.serial')
            .where('later.outcome', '=', 'succeeded')
            .whereRef('later.requested_at', '>', 'failed.requested_at'),
        ),
      ),
    )
  if (scope !== undefined) failed = failed.where(inScope(db, 'instance', scope))
  const rows = await failed.orderBy('at', 'desc').orderBy('failed.serial').limit(most).execute()
  return {
    total: Number(rows[0]?.total ?? 0),
    newest: rows.map((row) => ({
      instanceId: row.id,
      regionId: row.region_id,
      name: row.name ?? undefined,
      serial: row.serial,
      at: row.at,
    })),
  }
}
