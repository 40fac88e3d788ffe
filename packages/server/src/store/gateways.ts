import type { WireReport } from '@opensag/protocol'
import { hot } from './hot.ts'
import type { Reader, Writer } from './store.ts'

/** What the channel knows of a gateway. */
export interface Gateway {
  readonly serial: string
  readonly enrolmentKeySealed: string
  /** Undefined before it enrolled. */
  readonly signKey: string | undefined
  readonly sealKey: string | undefined
  /** Hashes of the tickets it may come back with. */
  readonly ticket: string | undefined
  readonly ticketNext: string | undefined
  readonly node: string | undefined
  readonly passwordGeneration: number
}

const gatewayBySerial = hot((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .select([
      'serial',
      'enrolment_key_sealed',
      'sign_key',
      'seal_key',
      'ticket',
      'ticket_next',
      'node',
      'password_generation',
    ])
    .where('serial', '=', given.serial),
)

export async function findGateway(db: Reader, serial: string): Promise<Gateway | undefined> {
  const [row] = (await gatewayBySerial(db, { serial })).rows
  return (
    row && {
      serial: row.serial,
      enrolmentKeySealed: row.enrolment_key_sealed,
      signKey: row.sign_key ?? undefined,
      sealKey: row.seal_key ?? undefined,
      ticket: row.ticket ?? undefined,
      ticketNext: row.ticket_next ?? undefined,
      node: row.node ?? undefined,
      passwordGeneration: row.password_generation,
    }
  )
}

/** From now on only these keys are this gateway, and no ticket has been confirmed. */
export async function enrolGateway(
  tx: Writer,
  serial: string,
  { signKey, sealKey, at }: { readonly signKey: string; readonly sealKey: string; readonly at: number },
): Promise<void> {
  await tx
    .updateTable('device')
    .set({ sign_key: signKey, seal_key: sealKey, enrolled_at: at, ticket: null, ticket_next: null })
    .where('serial', '=', serial)
    .execute()
}

export async function issueTicket(
  tx: Writer,
  serial: string,
  { confirmed, issued }: { readonly confirmed: string | undefined; readonly issued: string },
): Promise<void> {
  await tx
    .updateTable('device')
    .set({ ticket: confirmed ?? null, ticket_next: issued })
    .where('serial', '=', serial)
    .execute()
}

/** False when another connection of the same gateway was admitted meanwhile: this one must not go on. */
export async function confirmTicket(tx: Writer, serial: string, issued: string): Promise<boolean> {
  const confirmed = await tx
    .updateTable('device')
    .set({ ticket: issued, ticket_next: null })
    .where('serial', '=', serial)
    .where('ticket_next', '=', issued)
    .returning('serial')
    .execute()
  return confirmed.length > 0
}

export async function setConnected(
  tx: Writer,
  serial: string,
  { node, at }: { readonly node: string; readonly at: number },
): Promise<void> {
  await tx.updateTable('device').set({ node, connected_at: at }).where('serial', '=', serial).execute()
  await recordEvent(tx, { serial, kind: 'DeviceOnline', at, detail: '' })
}

export async function saveReport(tx: Writer, serial: string, report: WireReport, at: number): Promise<void> {
  await tx
    .updateTable('device')
    .set({
      version: report.version,
      started_at: report.startedAt,
      service_ip: report.serviceIp,
      console_url: report.consoleUrl ?? null,
      syn_status: report.localRevision === report.syncedRevision ? 'Synchronized' : 'Unsynchronized',
      resettable: Number(report.resettable),
      last_seen_at: at,
    })
    .where('serial', '=', serial)
    .execute()
}

export async function setPasswordGeneration(tx: Writer, serial: string, generation: number): Promise<void> {
  await tx.updateTable('device').set({ password_generation: generation }).where('serial', '=', serial).execute()
}

/** Nothing happens when the gateway is connected to another node by now. */
export async function setOffline(
  tx: Writer,
  serial: string,
  { node, at, reason }: { readonly node: string; readonly at: number; readonly reason: string },
): Promise<void> {
  const changed = await tx
    .updateTable('device')
    .set({ node: null, last_seen_at: at })
    .where('serial', '=', serial)
    .where('node', '=', node)
    .returning('serial')
    .execute()
  if (changed.length > 0) await recordEvent(tx, { serial, kind: 'DeviceOffline', at, detail: reason })
}

/** Every gateway this node held: it starts, or stops, and holds none. Answers how many there were. */
export async function setAllOffline(
  tx: Writer,
  { node, at, reason }: { readonly node: string; readonly at: number; readonly reason: string },
): Promise<number> {
  await tx
    .insertInto('device_event')
    .columns(['serial', 'kind', 'at', 'detail'])
    .expression((from) =>
      from
        .selectFrom('device')
        .where('node', '=', node)
        .select((value) => [
          'serial',
          value.val('DeviceOffline').as('kind'),
          value.cast<number>(value.val(at), 'bigint').as('at'),
          value.val(reason).as('detail'),
        ]),
    )
    .execute()
  const changed = await tx
    .updateTable('device')
    .set({ node: null })
    .where('node', '=', node)
    .returning('serial')
    .execute()
  return changed.length
}

export interface GatewayEvent {
  readonly serial: string
  readonly kind: 'DeviceOnline' | 'DeviceOffline' | 'DeviceEnrolled' | 'DeviceHacked'
  readonly at: number
  readonly detail: string
}

export async function recordEvent(tx: Writer, event: GatewayEvent): Promise<void> {
  await tx.insertInto('device_event').values(event).execute()
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
