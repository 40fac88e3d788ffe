import type { BoxConfig } from '@opensag/protocol'
import { boxWithin } from '../../model/box.ts'
import type { DesiredConfig, OwnConfig } from '../../model/desired-config.ts'
import type { Reader } from '../store.ts'

/** What the gateways of an instance hold of their own, with what is set of their boxes. */
export async function withBoxes(
  db: Reader,
  instanceId: string,
  cidrs: readonly string[],
  given: DesiredConfig['own'],
): Promise<DesiredConfig['own']> {
  const own: Record<string, OwnConfig> = { ...given }
  for (const [serial, set] of await boxesOf(db, instanceId)) {
    const box = boxWithin(set, cidrs)
    if (box !== undefined) own[serial] = { probeAddresses: [], ...own[serial], box }
  }
  return own
}

/** What is set of the boxes of an instance, by their serial numbers. */
async function boxesOf(db: Reader, instanceId: string): Promise<ReadonlyMap<string, BoxConfig>> {
  const rows = await db
    .selectFrom('device')
    .select(['serial', 'box'])
    .where('instance_id', '=', instanceId)
    .where('box', 'is not', null)
    .orderBy('serial')
    .execute()
  return new Map(rows.map(({ serial, box }) => [serial, JSON.parse(box ?? '{}') as BoxConfig]))
}
