import { isLockedOnReturn } from '../../model/lock.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Schema } from '../schema.ts'
import type { Reader, Writer } from '../store.ts'
import { beforeStatus } from './configurations.ts'
import { type DeviceColumns, updateDevice } from './device-update.ts'
import { recordEvent } from './events.ts'
import { beforeReport } from './reports.ts'

const absence = ['last_seen_at', 'unlocked_at', 'locked_since', 'security_lock_threshold'] as const

const absenceOf = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .leftJoin('instance', 'instance.id', 'device.instance_id')
    .select(absence)
    .where('serial', '=', given.serial),
)

const arrivingBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .leftJoin('instance', 'instance.id', 'device.instance_id')
    .select([...absence, ...beforeReport, ...beforeStatus])
    .where('serial', '=', given.serial),
)

type ComparedColumns = Exclude<(typeof absence)[number], 'security_lock_threshold'>

/** All that the connection of a gateway and its first report are compared with. */
export type Arriving = Pick<
  Schema['device'],
  ComparedColumns | (typeof beforeReport)[number] | (typeof beforeStatus)[number]
> & { readonly security_lock_threshold: number | null }

export function findArriving(tx: Writer, serial: string): Promise<Arriving | undefined> {
  return arrivingBySerial(tx, { serial })
}

interface Along {
  /** The row as it was read before its report is saved. */
  readonly away: Arriving
  /** What its report says. */
  readonly columns: DeviceColumns
}

/**
 * It is here, and every restart it was told to make is over. It stays locked if its offline lock closed while it was
 * away, which is decided by what the row said before its report. `saysLocked`: its own word about that.
 */
export async function setConnected(
  tx: Writer,
  serial: string,
  { node, at, saysLocked = false }: { readonly node: string; readonly at: number; readonly saysLocked?: boolean },
  along?: Along,
): Promise<'locked' | 'open'> {
  const away = along?.away ?? (await absenceOf(tx, { serial }))
  const locks =
    away !== undefined &&
    isLockedOnReturn(
      { lastSeenAt: away.last_seen_at ?? undefined, unlockedAt: away.unlocked_at ?? undefined },
      { thresholdSeconds: away.security_lock_threshold ?? 0, at, saysLocked },
    )
  const lockedSince = away?.locked_since ?? (locks ? at : null)
  // One that says it is locked has yet to hear of its unlock, and may be gone again before.
  const unlockedAt = saysLocked ? (away?.unlocked_at ?? null) : null
  const columns = {
    node,
    connected_at: at,
    heard_at: null,
    restarting_since: null,
    unlocked_at: unlockedAt,
    locked_since: lockedSince,
  }
  // In one trip, and the row is written once.
  await Promise.all([
    updateDevice(tx, { ...columns, ...along?.columns }, { serial }),
    recordEvent(tx, { serial, kind: 'DeviceOnline', at, detail: lockedSince === null ? '' : 'locked' }),
  ])
  return lockedSince === null ? 'open' : 'locked'
}

const lockOf = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('device').select('locked_since').where('serial', '=', given.serial),
)

export async function isLocked(db: Reader, serial: string): Promise<boolean> {
  const row = await lockOf(db, { serial })
  return row !== undefined && row.locked_since !== null
}

/** It is about to restart: from here on it is not online, until it is connected again. */
export async function setRestarting(tx: Writer, serial: string, at: number): Promise<void> {
  await tx.updateTable('device').set({ restarting_since: at }).where('serial', '=', serial).execute()
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

export interface RecordedGateway {
  /** The key it signs with; null: none any more. */
  readonly signKey: string | null
  /** Of the connection that the row speaks of. */
  readonly epoch: number
}

/** The gateways whose rows say that this node has their connection. */
export async function gatewaysOf(db: Reader, node: string): Promise<ReadonlyMap<string, RecordedGateway>> {
  const columns = ['serial', 'sign_key', 'owner_epoch'] as const
  const rows = await db.selectFrom('device').select(columns).where('node', '=', node).execute()
  return new Map(rows.map((row) => [row.serial, { signKey: row.sign_key, epoch: row.owner_epoch }]))
}

/** How many rows say that this node has their connection. */
export async function countGatewaysOf(db: Reader, node: string): Promise<number> {
  const { gateways } = await db
    .selectFrom('device')
    .select((select) => select.fn.countAll<number | string>().as('gateways'))
    .where('node', '=', node)
    .executeTakeFirstOrThrow()
  return Number(gateways)
}

export interface Offline {
  readonly node: string
  /** Of the connection that ended; absent when it is not known to have been recorded. */
  readonly epoch?: number | undefined
  readonly at: number
  readonly reason: string
  /** When something was heard of it last; absent when that is not known. */
  readonly heardAt?: number | undefined
}

/** Nothing happens when the gateway is connected to another node, or once more to this one, by now. */
export async function setOffline(
  tx: Writer,
  serial: string,
  { node, epoch, at, reason, heardAt }: Offline,
): Promise<void> {
  const own = tx
    .updateTable('device')
    .set({ node: null, last_seen_at: at, heard_at: heardAt ?? null })
    .where('serial', '=', serial)
    .where('node', '=', node)
  const changed = await (epoch === undefined ? own : own.where('owner_epoch', '=', epoch)).returning('serial').execute()
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
export async function recordAllOffline(
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
