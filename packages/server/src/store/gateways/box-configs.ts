import type { BoxConfig } from '@opensag/protocol'
import { type BoxSettings, boxWithin } from '../../model/box.ts'
import type { Reader } from '../store.ts'

/** What is set of the boxes of an instance and fits its blocks, by their serial numbers. */
export async function boxesOf(
  db: Reader,
  instanceId: string,
  cidrs: readonly string[],
): Promise<ReadonlyMap<string, BoxConfig>> {
  const rows = await db
    .selectFrom('device')
    .select(['serial', 'box'])
    .where('instance_id', '=', instanceId)
    .where('box', 'is not', null)
    .orderBy('serial')
    .execute()
  return new Map(
    rows.flatMap(({ serial, box }) => {
      const fitting = boxWithin(JSON.parse(box ?? '{}') as BoxSettings, cidrs)
      return fitting === undefined ? [] : [[serial, fitting] as const]
    }),
  )
}
