import {
  type AgreedRevision,
  type KnownGateway,
  localStatus,
  promiseAfterReport,
  type Tickets,
  type WireReport,
} from '@opensag/protocol'
import { isLockedOnReturn } from '../../model/lock.ts'
import { compiledQuery } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'

/** What the channel knows of a gateway. */
export interface Gateway extends KnownGateway {
  readonly serial: string
  readonly enrolmentKeySealed: string
  readonly node: string | undefined
  readonly passwordGeneration: number
}

/** In the column of the confirmed ticket; too short to be the hash of one. */
const anyTicket = 'any'

const gatewayBySerial = compiledQuery((db: Reader, given: { serial: string }) =>
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
      ticket: row.ticket === anyTicket ? undefined : (row.ticket ?? undefined),
      trusted: row.ticket === anyTicket,
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

export async function saveTickets(tx: Writer, serial: string, { ticket, ticketNext }: Tickets): Promise<void> {
  await tx
    .updateTable('device')
    .set({ ticket: ticket ?? null, ticket_next: ticketNext ?? null })
    .where('serial', '=', serial)
    .execute()
}

/**
 * The next ticket counts, whichever it is, if the keys are right: the tickets known here are older than those the gateways
 * have. One gateway or all of them, as far as they have enrolled and are not connected. Answers the serials.
 */
export async function trustGateways(tx: Writer, serial?: string): Promise<readonly string[]> {
  let trusting = tx
    .updateTable('device')
    .set({ ticket: anyTicket, ticket_next: null })
    .where('sign_key', 'is not', null)
    .where('node', 'is', null)
  if (serial !== undefined) trusting = trusting.where('serial', '=', serial)
  const rows = await trusting.returning('serial').execute()
  return rows.map((row) => row.serial).sort()
}

/**
 * The server was restored: what the rows say of connections, tickets and absences is older than what the gateways know.
 * Each that has enrolled is off line, its next ticket counts, and its absence begins now: how long it was really away is not
 * known here, and nobody's offline lock closes because the server was restored. Answers how many there are. Those in
 * `confirmed` keep their tickets, which they have shown since.
 */
export async function forgetConnections(
  tx: Writer,
  { at, reason, confirmed }: { readonly at: number; readonly reason: string; readonly confirmed: ReadonlySet<string> },
): Promise<number> {
  await recordAllOffline(tx, { at, reason })
  const known = await tx
    .updateTable('device')
    .set({ node: null, last_seen_at: at })
    .where('sign_key', 'is not', null)
    .returning('serial')
    .execute()
  for (const { serial } of known) {
    if (confirmed.has(serial)) continue
    await tx.updateTable('device').set({ ticket: anyTicket, ticket_next: null }).where('serial', '=', serial).execute()
  }
  return known.length
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

const absenceOf = compiledQuery((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .leftJoin('instance', 'instance.id', 'device.instance_id')
    .select(['last_seen_at', 'unlocked_at', 'locked_since', 'security_lock_threshold'])
    .where('serial', '=', given.serial),
)

/**
 * It is here, and every restart it was told to make is over. It stays locked if its offline lock closed while it was
 * away, so this comes before its report is saved. `saysLocked`: its own word about that.
 */
export async function setConnected(
  tx: Writer,
  serial: string,
  { node, at, saysLocked = false }: { readonly node: string; readonly at: number; readonly saysLocked?: boolean },
): Promise<'locked' | 'open'> {
  const [away] = (await absenceOf(tx, { serial })).rows
  const locks =
    away !== undefined &&
    isLockedOnReturn(
      { lastSeenAt: away.last_seen_at ?? undefined, unlockedAt: away.unlocked_at ?? undefined },
      { thresholdSeconds: away.security_lock_threshold ?? 0, at, saysLocked },
    )
  const lockedSince = away?.locked_since ?? (locks ? at : null)
  await tx
    .updateTable('device')
    .set({
      node,
      connected_at: at,
      restarting_since: null,
      // One that says it is locked has yet to hear of its unlock, and may be gone again before.
      unlocked_at: saysLocked ? (away?.unlocked_at ?? null) : null,
      locked_since: lockedSince,
    })
    .where('serial', '=', serial)
    .execute()
  await recordEvent(tx, { serial, kind: 'DeviceOnline', at, detail: lockedSince === null ? '' : 'locked' })
  return lockedSince === null ? 'open' : 'locked'
}

export async function isLocked(db: Reader, serial: string): Promise<boolean> {
  const row = await db.selectFrom('device').select('locked_since').where('serial', '=', serial).executeTakeFirst()
  return row !== undefined && row.locked_since !== null
}

/** It is about to restart: from here on it is not online, until it is connected again. */
export async function setRestarting(tx: Writer, serial: string, at: number): Promise<void> {
  await tx.updateTable('device').set({ restarting_since: at }).where('serial', '=', serial).execute()
}

/** SynchronizeSmartAGWebConfig was answered: what people set there up to this revision is going to be agreed on. */
export async function promiseSynchronization(tx: Writer, serial: string, revision: number): Promise<void> {
  await tx
    .updateTable('device')
    .set({ syn_status: 'Synchronizing', promised_revision: revision })
    .where('serial', '=', serial)
    .where('syn_status', '=', 'Unsynchronized')
    .execute()
}

const promiseOf = compiledQuery((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select('promised_revision').where('serial', '=', given.serial),
)

/** Answers the revision that was promised to be taken over, if the gateway has not heard of it. */
export async function saveReport(tx: Writer, serial: string, report: WireReport, at: number): Promise<AgreedRevision> {
  const [row] = (await promiseOf(tx, { serial })).rows
  const revisions = { local: report.localRevision, synced: report.syncedRevision }
  const promised = promiseAfterReport(row?.promised_revision ?? null, revisions)
  await tx
    .updateTable('device')
    .set({
      version: report.version,
      started_at: report.startedAt,
      service_ip: report.serviceIp,
      console_url: report.consoleUrl ?? null,
      syn_status: localStatus(revisions, promised),
      promised_revision: promised,
      resettable: Number(report.resettable),
      // It has heard of its unlock, which does not count for the next absence.
      ...(report.locked === false ? { unlocked_at: null } : {}),
      last_seen_at: at,
    })
    .where('serial', '=', serial)
    .execute()
  return promised
}

/** It may hold what it must not: whichever node has its connection, it does not count as connected any more. */
export async function takeOffline(
  tx: Writer,
  serial: string,
  { at, reason }: { readonly at: number; readonly reason: string },
): Promise<void> {
  const changed = await tx
    .updateTable('device')
    .set({ node: null, last_seen_at: at })
    .where('serial', '=', serial)
    .where('node', 'is not', null)
    .returning('serial')
    .execute()
  if (changed.length > 0) await recordEvent(tx, { serial, kind: 'DeviceOffline', at, detail: reason })
}

/** The gateways whose rows say that this node has their connection, and the keys they sign with; null: none any more. */
export async function gatewaysOf(db: Reader, node: string): Promise<ReadonlyMap<string, string | null>> {
  const rows = await db.selectFrom('device').select(['serial', 'sign_key']).where('node', '=', node).execute()
  return new Map(rows.map((row) => [row.serial, row.sign_key]))
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

/**
 * Every gateway this node held: it starts, or stops, and holds none. Answers how many there were. They count as seen until
 * now: nobody's offline lock closes because the server was down without having said so.
 */
export async function setAllOffline(
  tx: Writer,
  { node, at, reason }: { readonly node: string; readonly at: number; readonly reason: string },
): Promise<number> {
  await recordAllOffline(tx, { node, at, reason })
  const changed = await tx
    .updateTable('device')
    .set({ node: null, last_seen_at: at })
    .where('node', '=', node)
    .returning('serial')
    .execute()
  return changed.length
}

/** An event for every gateway whose row says that this node has its connection, or any node. */
async function recordAllOffline(
  tx: Writer,
  { node, at, reason }: { readonly node?: string; readonly at: number; readonly reason: string },
): Promise<void> {
  await tx
    .insertInto('device_event')
    .columns(['serial', 'kind', 'at', 'detail', 'instance_id'])
    .expression((from) => {
      const online = from.selectFrom('device').where('node', 'is not', null)
      const those = node === undefined ? online : online.where('node', '=', node)
      return those.select((value) => [
        'serial',
        value.val('DeviceOffline').as('kind'),
        value.cast<number>(value.val(at), 'bigint').as('at'),
        value.val(reason).as('detail'),
        'instance_id',
      ])
    })
    .execute()
}

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
  readonly at: number
  readonly detail: string
}

export async function recordEvent(tx: Writer, event: GatewayEvent): Promise<void> {
  const boundTo = tx.selectFrom('device').select('instance_id').where('serial', '=', event.serial)
  await tx
    .insertInto('device_event')
    .values({ ...event, instance_id: boundTo })
    .execute()
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
