import { compiledQuery } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'

export interface GatewayEvent {
  readonly serial: string
  readonly kind:
    | 'DeviceOnline'
    | 'DeviceOffline'
    | 'DeviceEnrolled'
    | 'DeviceHacked'
    | 'DeviceRolledBack'
    | 'ServerRolledBack'
    | 'PasswordTakenBack'
    | 'ConfigurationReverted'
    | 'TrafficTaken'
    | 'TrafficLeft'
  readonly at: number
  readonly detail: string
}

const insertEvent = compiledQuery((tx: Writer, { serial, kind, at, detail }: GatewayEvent) => {
  const boundTo = tx.selectFrom('device').select('instance_id').where('serial', '=', serial)
  return tx.insertInto('device_event').values({ serial, kind, at, detail, instance_id: boundTo })
})

export async function recordEvent(tx: Writer, event: GatewayEvent): Promise<void> {
  await insertEvent(tx, event)
}

/** Records it unless the same was recorded after `since`: whoever causes it may try again and again. */
export async function recordEventSometimes(tx: Writer, event: GatewayEvent, since: number): Promise<void> {
  const recent = await tx
    .selectFrom('device_event')
    .select('id')
    .where('serial', '=', event.serial)
    .where('kind', '=', event.kind)
    .where('at', '>', since)
    .limit(1)
    .execute()
  if (recent.length === 0) await recordEvent(tx, event)
}

/** What happened to a gateway, newest first. */
export function eventsOf(
  db: Reader,
  serial: string,
  most: number,
): Promise<readonly { readonly kind: string; readonly at: number; readonly detail: string }[]> {
  return db
    .selectFrom('device_event')
    .select(['kind', 'at', 'detail'])
    .where('serial', '=', serial)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}
