import { type Step, seriesSpans, stepOf } from '../../model/metric-series.ts'
import type { Reader, Store, Writer } from '../store.ts'

const { stepMs } = seriesSpans.quarter
/** Who is logged on is counted once in so long. */
export const lookMs = 60_000
/** So long are the counts kept before nothing but the series is left of them: until each instance was kept several times. */
const loadKeptMs = 86_400_000

/** Of the looks themselves. */
export const noInstance = ''

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const atOnce = 1000

/**
 * Counts the remote users of every instance, unless this or another node has done so in this minute. An instance without any has
 * no row, so that it costs nothing.
 */
export async function countUsersOnline(store: Store, now: number): Promise<void> {
  const minute = stepOf(now, lookMs)
  if (await store.read(async (db) => (await isCounted(db, minute)) || !(await hasApps(db)))) return
  await store.write(async (tx) => {
    if (await isCounted(tx, minute)) return
    const found = await tx
      .selectFrom('client_session')
      .select('instance_id')
      .select(({ fn }) => fn.countAll<number | string>().as('users'))
      .groupBy('instance_id')
      .execute()
    const counts = [
      { instance_id: noInstance, users: 0 },
      ...found.map(({ instance_id, users }) => ({ instance_id, users: Number(users) })),
    ]
    for (let from = 0; from < counts.length; from += atOnce) await add(tx, counts.slice(from, from + atOnce), minute)
    await tx
      .deleteFrom('client_load')
      .where('at', '<', now - loadKeptMs)
      .execute()
  })
}

/** Where nobody can log on nothing is written. */
async function hasApps(db: Reader): Promise<boolean> {
  return (
    (await db.selectFrom('instance').select('id').where('kind', '=', 'app').limit(1).executeTakeFirst()) !== undefined
  )
}

async function isCounted(db: Reader, minute: number): Promise<boolean> {
  const row = await db
    .selectFrom('client_load')
    .select('looked_at')
    .where('at', '=', stepOf(minute, stepMs))
    .where('instance_id', '=', noInstance)
    .executeTakeFirst()
  return row !== undefined && row.looked_at >= minute
}

async function add(
  tx: Writer,
  counts: readonly { readonly instance_id: string; readonly users: number }[],
  minute: number,
): Promise<void> {
  const rows = counts.map(({ instance_id, users }) => {
    return { at: stepOf(minute, stepMs), instance_id, looked_at: minute, looks: 1, users, most: users }
  })
  await tx
    .insertInto('client_load')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['at', 'instance_id'])
        .doUpdateSet((row) => ({
          looked_at: row.ref('excluded.looked_at'),
          looks: row('client_load.looks', '+', 1),
          users: row('client_load.users', '+', row.ref('excluded.users')),
          most: row
            .case()
            .when('client_load.most', '<', row.ref('excluded.most'))
            .then(row.ref('excluded.most'))
            .else(row.ref('client_load.most'))
            .end(),
        }))
        // Another node was quicker, in the same minute.
        .whereRef('client_load.looked_at', '<', 'excluded.looked_at'),
    )
    .execute()
}

/** How many remote users an instance had, as far as that is not put away yet: where somebody looked and found none, 0. */
export async function userSteps(
  db: Reader,
  { instanceId, since }: { readonly instanceId: string; readonly since: number },
  now: number,
): Promise<readonly Step[]> {
  const rows = await db
    .selectFrom('client_load')
    .select(['at', 'instance_id', 'looks', 'users', 'most'])
    .where('instance_id', 'in', [noInstance, instanceId])
    // The instance was not there in the whole of an earlier one.
    .where('at', '>=', stepOf(Math.max(since, now - loadKeptMs), stepMs))
    .where('at', '<=', now)
    .orderBy('at')
    .execute()
  const own = new Map(rows.filter((row) => row.instance_id === instanceId).map((row) => [row.at, row]))
  return rows
    .filter((row) => row.instance_id === noInstance)
    .map(({ at, looks }) => ({ at, looks, users: own.get(at)?.users ?? 0, most: own.get(at)?.most ?? 0 }))
}
