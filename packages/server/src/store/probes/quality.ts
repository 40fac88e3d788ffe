import type { PointQuality } from '@opensag/protocol'
import { withNewer } from '../../model/monitoring.ts'
import type { Reader, Writer } from '../store.ts'

/** What a gateway measured of points of presence, beside what it measured of others before: of so many addresses the newest. */
export async function saveQuality(
  tx: Writer,
  serial: string,
  measured: readonly PointQuality[],
  at: number,
): Promise<void> {
  const before = (await qualityOf(tx, [serial])).get(serial) ?? []
  const report = JSON.stringify(withNewer(before, measured))
  await tx
    .insertInto('point_quality')
    .values({ serial, at, report })
    .onConflict((conflict) => conflict.column('serial').doUpdateSet({ at, report }))
    .execute()
}

/** What devices measured last of each address, by serial number. */
export async function qualityOf(
  db: Reader,
  serials: readonly string[],
): Promise<ReadonlyMap<string, readonly PointQuality[]>> {
  if (serials.length === 0) return new Map()
  const rows = await db
    .selectFrom('point_quality')
    .select(['serial', 'report'])
    .where('serial', 'in', [...serials])
    .execute()
  return new Map(rows.map(({ serial, report }) => [serial, JSON.parse(report) as readonly PointQuality[]]))
}

/** What a device measured and found is its instance's, and not the next one's. */
export async function forgetQuality(tx: Writer, serial: string): Promise<void> {
  for (const table of ['point_quality', 'diagnosis'] as const) {
    await tx.deleteFrom(table).where('serial', '=', serial).execute()
  }
}
