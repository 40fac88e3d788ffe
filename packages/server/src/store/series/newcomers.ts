import { sql } from 'kysely'
import type { Writer } from '../store.ts'

/** As many get their turn in one look, so that the first one at a large fleet holds nobody up. */
const mostAtOnce = 5000

/** Gives those a turn to be put away that never had one: looked for once in a quarter of an hour, so that each minute need not. */
export async function addNewcomers(tx: Writer): Promise<void> {
  await tx
    .insertInto('series_kept')
    .columns(['instance_id', 'subject', 'at'])
    .expression((from) =>
      from
        .selectFrom('device')
        .innerJoin('instance', 'instance.id', 'device.instance_id')
        .select(['instance.id', 'device.serial', sql<number>`0`.as('at')])
        .where('device.connected_at', 'is not', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('series_kept')
                .select('series_kept.at')
                .whereRef('series_kept.instance_id', '=', 'device.instance_id')
                .whereRef('series_kept.subject', '=', 'device.serial'),
            ),
          ),
        )
        .limit(mostAtOnce),
    )
    .execute()
  await tx
    .insertInto('series_kept')
    .columns(['instance_id', 'subject', 'at'])
    .expression((from) =>
      from
        .selectFrom('instance')
        .select(['instance.id', sql<string>`''`.as('subject'), sql<number>`0`.as('at')])
        .where('instance.kind', '=', 'app')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('series_kept')
                .select('series_kept.at')
                .whereRef('series_kept.instance_id', '=', 'instance.id')
                .where('series_kept.subject', '=', ''),
            ),
          ),
        )
        .limit(mostAtOnce),
    )
    .execute()
}
