import { type Count, firstInterval, intervalsBetween, type TrafficInterval, trafficSpans } from '../../model/traffic.ts'
import type { Reader, Writer } from '../store.ts'

export type Span = keyof typeof trafficSpans

const spans = Object.keys(trafficSpans) as readonly Span[]

/** Adds what went through since the count before to what is kept, one statement for all of it. */
export async function addTraffic(tx: Writer, serial: string, before: Count, now: Count): Promise<void> {
  const rows = spans.flatMap((span) => {
    const { stepMs, kept } = trafficSpans[span]
    return intervalsBetween(before, now, trafficSpans[span]).map((interval) => {
      const slot = (interval.at / stepMs) % kept
      return { serial, span, slot, ...interval }
    })
  })
  await tx
    .insertInto('traffic')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['serial', 'span', 'slot']).doUpdateSet((row) => {
        // The row of an interval that is forgotten by now begins anew.
        const added = (column: 'received' | 'sent') =>
          row
            .case()
            .when('traffic.at', '=', row.ref('excluded.at'))
            .then(row(`traffic.${column}`, '+', row.ref(`excluded.${column}`)))
            .else(row.ref(`excluded.${column}`))
            .end()
        return { at: row.ref('excluded.at'), received: added('received'), sent: added('sent') }
      }),
    )
    .execute()
}

/** What is known of the span that ends now, in order. An interval of which nothing was told is not there. */
export async function trafficOf(
  db: Reader,
  serial: string,
  span: Span,
  now: number,
): Promise<readonly TrafficInterval[]> {
  return db
    .selectFrom('traffic')
    .select(['at', 'received', 'sent'])
    .where('serial', '=', serial)
    .where('span', '=', span)
    .where('at', '>=', firstInterval(trafficSpans[span], now))
    .where('at', '<=', now)
    .orderBy('at')
    .execute()
}
