import { seriesSpans, stepOf } from '../../model/metric-series.ts'
import { slotOf, trafficSpans } from '../../model/traffic.ts'
import type { Reader, Store } from '../store.ts'
import { addNewcomers } from './newcomers.ts'
import { noInstance } from './user-steps.ts'

const { stepMs } = seriesSpans.quarter
/** So long after its end the reports of a quarter of an hour have come. */
const lateMs = 60_000
/** A week and a day, to compare with, and what is over since. */
const keptMs = 9 * 86_400_000
/** Of the looks themselves. */
const noAccount = ''
/** Rows of one statement: PostgreSQL takes 65,535 values. */
const atOnce = 1000

export interface FleetStep {
  readonly at: number
  readonly gateways: number
  readonly online: number
  readonly counted: number
  readonly received: number
  readonly sent: number
  /** Undefined: nobody looked. */
  readonly users: number | undefined
}

/** Adds up what the gateways of each account counted in the last quarter of an hour, once among all nodes. */
export async function countFleets(store: Store, now: number): Promise<void> {
  const at = stepOf(now - lateMs, stepMs) - stepMs
  if (await store.read((db) => isCounted(db, at))) return
  // Twenty thousand gateways are looked at while others may write.
  const rows = await store.read((db) => countedAt(db, at))
  await store.write(async (tx) => {
    if (await isCounted(tx, at)) return
    const look = { gateways: 0, online: 0, counted: 0, received: 0, sent: 0, looks: null, users: null }
    const all = [{ account_id: noAccount, at, ...look }, ...rows]
    for (let from = 0; from < all.length; from += atOnce) {
      await tx
        .insertInto('fleet_step')
        .values(all.slice(from, from + atOnce))
        .execute()
    }
    await tx
      .deleteFrom('fleet_step')
      .where('at', '<', now - keptMs)
      .execute()
    await addNewcomers(tx)
  })
}

async function isCounted(db: Reader, at: number): Promise<boolean> {
  const row = await db
    .selectFrom('fleet_step')
    .select('at')
    .where('account_id', '=', noAccount)
    .where('at', '=', at)
    .executeTakeFirst()
  return row !== undefined
}

async function countedAt(db: Reader, at: number) {
  const found = await db
    .selectFrom('device')
    .innerJoin('instance', 'instance.id', 'device.instance_id')
    // By its key: only this row of each gateway is looked at.
    .leftJoin('traffic', (join) =>
      join
        .onRef('traffic.serial', '=', 'device.serial')
        .on('traffic.span', '=', 'day')
        .on('traffic.slot', '=', slotOf(trafficSpans.day, at))
        .on('traffic.at', '=', at),
    )
    .select('instance.account_id')
    .select(({ fn }) => [
      fn.countAll<number | string>().as('gateways'),
      fn.count<number | string>('device.node').as('online'),
      fn.count<number | string>('traffic.at').as('counted'),
      fn.sum<number | string | null>('traffic.received').as('received'),
      fn.sum<number | string | null>('traffic.sent').as('sent'),
    ])
    .where('device.connected_at', 'is not', null)
    .groupBy('instance.account_id')
    .execute()
  const looks = await looksAt(db, at)
  const users = looks === null ? new Map<string, number>() : await usersAt(db, at)
  return found.map((row) => ({
    account_id: row.account_id,
    at,
    gateways: Number(row.gateways),
    online: Number(row.online),
    counted: Number(row.counted),
    received: sum(row.received),
    sent: sum(row.sent),
    looks,
    users: looks === null ? null : (users.get(row.account_id) ?? 0),
  }))
}

/** The sum of whole numbers is text in PostgreSQL; one that no number has would be of gateways that err. */
function sum(value: number | string | null): number {
  return Math.min(Number(value ?? 0), Number.MAX_SAFE_INTEGER)
}

/** Null: nobody looked who is logged on, or nobody can. */
async function looksAt(db: Reader, at: number): Promise<number | null> {
  const row = await db
    .selectFrom('client_load')
    .select('looks')
    .where('at', '=', at)
    .where('instance_id', '=', noInstance)
    .executeTakeFirst()
  return row?.looks ?? null
}

async function usersAt(db: Reader, at: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('client_load')
    .innerJoin('instance', 'instance.id', 'client_load.instance_id')
    .select('instance.account_id')
    .select(({ fn }) => fn.sum<number | string>('client_load.users').as('users'))
    .where('client_load.at', '=', at)
    .groupBy('instance.account_id')
    .execute()
  return new Map(rows.map(({ account_id, users }) => [account_id, Number(users)]))
}

/** What was counted of an account, in order; what nobody counted is not there. */
export async function fleetSteps(
  db: Reader,
  accountId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly FleetStep[]> {
  const rows = await db
    .selectFrom('fleet_step')
    .select(['at', 'gateways', 'online', 'counted', 'received', 'sent', 'looks', 'users'])
    .where('account_id', '=', accountId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute()
  return rows.map(({ looks, users, ...step }) => ({
    ...step,
    users: looks === null || users === null ? undefined : users / looks,
  }))
}
