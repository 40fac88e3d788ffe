import { monthOf, oldestMonth } from '../../model/client-user.ts'
import { mostAtOnce } from '../../model/traffic.ts'
import type { Reader, Writer } from '../store.ts'

/**
 * Adds what sessions of a point of presence have carried since they were last counted to the month of `now`, of the business
 * clock. A session that is over, or is another one's, counts nothing. The count of a session never falls: whoever says less
 * than before has said it late.
 *
 * @param counts bytes since the beginning of each session, by its id
 */
export async function countSessions(
  tx: Writer,
  pop: string,
  counts: ReadonlyMap<string, number>,
  now: number,
): Promise<void> {
  const carrying = [...counts].filter(([, bytes]) => bytes > 0).map(([id]) => id)
  if (carrying.length === 0) return
  const sessions = await tx
    .selectFrom('client_session')
    .innerJoin('client_user', (join) =>
      join
        .onRef('client_user.instance_id', '=', 'client_session.instance_id')
        .onRef('client_user.name', '=', 'client_session.user_name'),
    )
    .select(['client_session.id', 'client_session.bytes', 'client_user.instance_id', 'name', 'traffic_month'])
    .where('client_session.pop', '=', pop)
    .where('client_session.id', 'in', carrying)
    .execute()
  const month = monthOf(now)
  await Promise.all(
    sessions.map(async ({ id, bytes: before, instance_id, name, traffic_month }) => {
      const bytes = counts.get(id) ?? 0
      if (bytes <= before) return
      // Two messages of one session may be under way at once: what one of them has counted the other does not.
      const { numUpdatedRows } = await tx
        .updateTable('client_session')
        .set({ bytes })
        .where('id', '=', id)
        .where('bytes', '=', before)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return
      if (traffic_month < month) await closeMonth(tx, instance_id, name, month)
      await tx
        .updateTable('client_user')
        .set((row) => ({ traffic_bytes: row('traffic_bytes', '+', Math.min(bytes - before, mostAtOnce)) }))
        .where('instance_id', '=', instance_id)
        .where('name', '=', name)
        .execute()
    }),
  )
}

/** Puts away what an account has carried in the month before, and forgets what is older than is kept. */
async function closeMonth(tx: Writer, instanceId: string, name: string, month: number): Promise<void> {
  await tx
    .insertInto('client_user_month')
    .columns(['instance_id', 'user_name', 'month', 'bytes'])
    .expression((db) =>
      db
        .selectFrom('client_user')
        .select(['instance_id', 'name', 'traffic_month', 'traffic_bytes'])
        .where('instance_id', '=', instanceId)
        .where('name', '=', name)
        .where('traffic_month', '<', month)
        .where('traffic_bytes', '>', 0),
    )
    .execute()
  await tx
    .updateTable('client_user')
    .set({ traffic_month: month, traffic_bytes: 0 })
    .where('instance_id', '=', instanceId)
    .where('name', '=', name)
    .where('traffic_month', '<', month)
    .execute()
  await tx
    .deleteFrom('client_user_month')
    .where('instance_id', '=', instanceId)
    .where('user_name', '=', name)
    .where('month', '<', oldestMonth(month))
    .execute()
}

/** What accounts have carried in a month (YYYYMM), in bytes, by name. One that is not there is not in it. */
export async function carriedIn(
  db: Reader,
  instanceId: string,
  names: readonly string[],
  month: number,
): Promise<ReadonlyMap<string, number>> {
  const users = await db
    .selectFrom('client_user')
    .leftJoin('client_user_month', (join) =>
      join
        .onRef('client_user_month.instance_id', '=', 'client_user.instance_id')
        .onRef('client_user_month.user_name', '=', 'client_user.name')
        .on('client_user_month.month', '=', month),
    )
    .select(['name', 'traffic_month', 'traffic_bytes', 'client_user_month.bytes'])
    .where('client_user.instance_id', '=', instanceId)
    .where('name', 'in', [...names])
    .execute()
  return new Map(
    users.map(({ name, traffic_month, traffic_bytes, bytes }) => [
      name,
      traffic_month === month ? traffic_bytes : (bytes ?? 0),
    ]),
  )
}
