import type { WireRoute } from '@opensag/protocol'
import type { Reader, Writer } from '../store.ts'

/** The newest count. */
export async function saveRoutes(tx: Writer, serial: string, routes: readonly WireRoute[], at: number): Promise<void> {
  const report = JSON.stringify(routes)
  await tx
    .insertInto('route_report')
    .values({ serial, at, report })
    .onConflict((conflict) => conflict.column('serial').doUpdateSet({ at, report }))
    .execute()
}

/** Undefined: it has said nothing of them since it was bound. */
export async function routesOf(db: Reader, serial: string): Promise<readonly WireRoute[] | undefined> {
  const row = await db.selectFrom('route_report').select('report').where('serial', '=', serial).executeTakeFirst()
  return row && (JSON.parse(row.report) as readonly WireRoute[])
}

/** What a gateway said is its instance's, and not the next one's. */
export async function forgetRoutes(tx: Writer, serial: string): Promise<void> {
  await tx.deleteFrom('route_report').where('serial', '=', serial).execute()
}
