import type { Reader, Writer } from '../store.ts'
import { updateDevice } from './device-update.ts'

/** Where gateways connected from last, the latest of them at the end. */
export async function gatewaySources(db: Reader, most: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('device')
    .select('came_from')
    .where('came_from', 'is not', null)
    .orderBy('connected_at', 'desc')
    .limit(most)
    .execute()
  return rows.flatMap(({ came_from }) => came_from ?? []).reverse()
}

export async function setSource(tx: Writer, serial: string, source: string): Promise<void> {
  await updateDevice(tx, { came_from: source }, { serial })
}
