import type { HeartbeatCount } from '@opensag/protocol'
import { sql } from 'kysely'
import type { Step } from '../../model/metric-series.ts'
import {
  type Count,
  firstInterval,
  intervalsBetween,
  slotOf,
  type TrafficInterval,
  trafficSpans,
} from '../../model/traffic.ts'
import type { Reader, Writer } from '../store.ts'

export type Span = keyof typeof trafficSpans

const spans = Object.keys(trafficSpans) as readonly Span[]

/**
 * Adds what went through since the count before to what is kept, one statement for all of it. Heartbeats, which a gateway that is
 * away has none of, are of the newest interval.
 */
export async function addTraffic(
  tx: Writer,
  serial: string,
  before: Count,
  now: Count,
  heartbeats?: HeartbeatCount,
): Promise<void> {
  const rows = spans.flatMap((span) => {
    const kept = trafficSpans[span]
    return intervalsBetween(before, now, kept).map((interval) => {
      const slot = slotOf(kept, interval.at)
      const isNewest = interval.at + kept.stepMs > now.at
      const { sent: beats = null, lost = null, ms: trip = null } = (isNewest ? heartbeats : undefined) ?? {}
      return { serial, span, slot, ...interval, beats, lost, trip }
    })
  })
  await tx
    .insertInto('traffic')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['serial', 'span', 'slot']).doUpdateSet((row) => {
        // The row of an interval that is forgotten by now begins anew.
        const added = (column: 'received' | 'sent' | 'packets' | 'dropped') =>
          row
            .case()
            .when('traffic.at', '=', row.ref('excluded.at'))
            .then(row(`traffic.${column}`, '+', row.ref(`excluded.${column}`)))
            .else(row.ref(`excluded.${column}`))
            .end()
        // What one of the two does not tell of is what the other one tells, not nothing.
        const told = (column: 'beats' | 'lost' | 'trip') =>
          row
            .case()
            .when('traffic.at', '=', row.ref('excluded.at'))
            .then(
              row.fn.coalesce(
                row(`traffic.${column}`, '+', row.ref(`excluded.${column}`)),
                `traffic.${column}`,
                `excluded.${column}`,
              ),
            )
            .else(row.ref(`excluded.${column}`))
            .end()
        return {
          at: row.ref('excluded.at'),
          received: added('received'),
          sent: added('sent'),
          packets: added('packets'),
          dropped: added('dropped'),
          beats: told('beats'),
          lost: told('lost'),
          trip: told('trip'),
        }
      }),
    )
    .execute()
}

/** Of an account and a region. */
export interface TopOf {
  readonly accountId: string
  readonly regionId: string
  readonly most: number
}

/** What the gateways of an instance counted in the hour that ends now. */
export interface BusyInstance {
  readonly id: string
  readonly name: string | undefined
  /** Both ways together. */
  readonly bytes: number
  readonly packets: number
  readonly dropped: number
}

const sums = {
  bytes: sql<number | string>`sum(traffic.received + traffic.sent)`,
  packets: sql<number | string>`sum(traffic.packets)`,
  dropped: sql<number | string>`sum(traffic.dropped)`,
}
const tops = {
  carried: { first: sums.bytes, counts: sums.bytes },
  dropped: { first: sql`sum(traffic.dropped) * 1.0 / sum(traffic.packets)`, counts: sums.packets },
}

/**
 * The instances whose gateways have `carried` most bytes in the hour that ends now, or of whose packets they have `dropped`
 * the greatest part; those that carried nothing, or count no packets, are left out.
 */
export async function topOf(
  db: Reader,
  by: keyof typeof tops,
  { accountId, regionId, most }: TopOf,
  now: number,
): Promise<readonly BusyInstance[]> {
  const { first, counts } = tops[by]
  const rows = await db
    .selectFrom('traffic')
    .innerJoin('device', 'device.serial', 'traffic.serial')
    .innerJoin('instance', 'instance.id', 'device.instance_id')
    .select(['instance.id', 'instance.name'])
    .select([sums.bytes.as('bytes'), sums.packets.as('packets'), sums.dropped.as('dropped')])
    .where('instance.account_id', '=', accountId)
    .where('instance.region_id', '=', regionId)
    .where('traffic.span', '=', 'hour')
    .where('traffic.at', '>=', firstInterval(trafficSpans.hour, now))
    .where('traffic.at', '<=', now)
    .groupBy(['instance.id', 'instance.name'])
    .having(counts, '>', 0)
    .orderBy(first, 'desc')
    .orderBy('instance.id')
    .limit(most)
    .execute()
  // The sum of whole numbers is text in PostgreSQL.
  return rows.map(({ id, name, bytes, packets, dropped }) => ({
    id,
    name: name ?? undefined,
    bytes: Number(bytes),
    packets: Number(packets),
    dropped: Number(dropped),
  }))
}

/** The intervals of the span that ends now, in order. */
function told(db: Reader, serial: string, span: Span, now: number) {
  return db
    .selectFrom('traffic')
    .where('serial', '=', serial)
    .where('span', '=', span)
    .where('at', '>=', firstInterval(trafficSpans[span], now))
    .where('at', '<=', now)
    .orderBy('at')
}

/** What is known of the span that ends now, in order. An interval of which nothing was told is not there. */
export async function trafficOf(
  db: Reader,
  serial: string,
  span: Span,
  now: number,
): Promise<readonly TrafficInterval[]> {
  return told(db, serial, span, now).select(['at', 'received', 'sent']).execute()
}

/** The same with all that is counted; what its program does not count is absent. */
export async function countedIn(db: Reader, serial: string, span: Span, now: number): Promise<readonly Step[]> {
  const rows = await told(db, serial, span, now)
    .select(['at', 'received', 'sent', 'packets', 'dropped', 'beats', 'lost', 'trip'])
    .execute()
  return rows.map(({ at, received, sent, packets, dropped, beats, lost, trip }) => ({
    at,
    received,
    sent,
    ...(packets === 0 ? {} : { packets, dropped }),
    ...(beats === null ? {} : { beats, lost: lost ?? 0, trip: trip ?? 0 }),
  }))
}
