import type { JournalOutcome } from '@opensag/protocol'
import type { Reader } from '../store.ts'

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

/** What happened to the gateways of one instance while they were bound to it, newest first. */
export interface GatewayHistory {
  passwordChanges(wanted: Wanted<ChangePlace>): Promise<readonly PasswordChange[]>
  /** `before`: the id of an event. */
  events(wanted: Wanted<number>): Promise<readonly GatewayEventRow[]>
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
  }
}
