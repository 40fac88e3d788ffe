import { folded, type Step, seriesSpans, stepOf } from '../../model/metric-series.ts'
import { findDevice } from '../fleet/lookups.ts'
import type { Reader, Store, Writer } from '../store.ts'
import { inBatches } from '../sweep.ts'
import { countFleets } from './fleet-steps.ts'
import { recentSteps } from './gateway-steps.ts'
import { forgetSeries, forgottenAtOnce, isAnyTooOld, keepSteps, keptSteps, type SeriesOf } from './packs.ts'
import { countUsersOnline, userSteps } from './user-steps.ts'

/**
 * So often what was counted of each gateway is put away: much more often than it is forgotten, and so rarely that a report of
 * a gateway costs nothing more than before.
 */
export const keepEveryMs = 2 * 3_600_000
/** As many are put away in one look, so that those of 20,000 gateways are spread over the time that they have. */
const keptAtOnce = 250
/** As many share a commit. */
const together = 20

/** One look: counts remote users, puts away what is due, forgets what is too old. Several nodes may do so at once. */
export async function keepAllSeries(store: Store, now: number, isOver: () => boolean): Promise<void> {
  await countUsersOnline(store, now)
  await countFleets(store, now)
  const failures: unknown[] = []
  const due = await store.read((db) => dueSeries(db, now - keepEveryMs, keptAtOnce))
  for (let from = 0; from < due.length && !isOver(); from += together) {
    const part = due.slice(from, from + together)
    try {
      await store.write(async (tx) => {
        for (const of of part) await keepSeries(tx, of, now)
      })
    } catch {
      failures.push(...(await keepOneByOne(store, part, now)))
    }
  }
  for (const span of ['quarter', 'half'] as const) {
    // Mostly none is: then nobody who writes waits for this.
    if (!(await store.read((db) => isAnyTooOld(db, span, now)))) continue
    await inBatches(forgottenAtOnce, () => store.write((tx) => forgetSeries(tx, span, now)), isOver)
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} series could not be put away`)
}

/**
 * What is damaged of one keeps nobody else's waiting: it has had its turn. @returns why those failed that did
 * @throws what the store throws that takes nothing at all
 */
async function keepOneByOne(store: Store, part: readonly SeriesOf[], now: number): Promise<readonly unknown[]> {
  const failures: unknown[] = []
  for (const of of part) {
    try {
      await store.write((tx) => keepSeries(tx, of, now))
    } catch (error) {
      await store.write((tx) => noteKept(tx, of, now))
      failures.push(error)
    }
  }
  return failures
}

/** Those that were put away at that time or before, the longest ago first: by an index, however many there are. */
function dueSeries(db: Reader, before: number, most: number): Promise<readonly SeriesOf[]> {
  return db
    .selectFrom('series_kept')
    .select(['instance_id as instanceId', 'subject'])
    .where('at', '<=', before)
    .orderBy('at')
    .limit(most)
    .execute()
}

/** Puts away what is known of the last day. Doing so again, also elsewhere and in another order, changes nothing. */
export async function keepSeries(tx: Writer, of: SeriesOf, now: number): Promise<void> {
  const recent = await recentOf(tx, of, now)
  if (recent === undefined) {
    // It would be due for ever.
    await forgetTurn(tx, of)
    return
  }
  const [first] = recent
  if (first !== undefined) {
    await keepSteps(tx, of, 'quarter', recent)
    // From what is put away by now: of half a day only a part may be recent.
    const from = stepOf(first.at, seriesSpans.half.stepMs)
    const whole = await keptSteps(tx, of, 'quarter', { from, to: now + 1 })
    await keepSteps(tx, of, 'half', folded(whole, seriesSpans.half.stepMs))
  }
  await noteKept(tx, of, now)
}

async function noteKept(tx: Writer, of: SeriesOf, now: number): Promise<void> {
  await tx
    .insertInto('series_kept')
    .values({ instance_id: of.instanceId, subject: of.subject, at: now })
    .onConflict((conflict) => conflict.columns(['instance_id', 'subject']).doUpdateSet({ at: now }))
    .execute()
}

async function forgetTurn(tx: Writer, { instanceId, subject }: SeriesOf): Promise<void> {
  await tx.deleteFrom('series_kept').where('instance_id', '=', instanceId).where('subject', '=', subject).execute()
}

/** Undefined where there is no such thing any more: what a device counts elsewhere is not of the instance it has left. */
export async function recentOf(
  db: Reader,
  { instanceId, subject }: SeriesOf,
  now: number,
): Promise<readonly Step[] | undefined> {
  if (subject !== '') {
    const device = await findDevice(db, subject)
    return device?.instanceId === instanceId ? recentSteps(db, instanceId, device, 'day', now) : undefined
  }
  const instance = await db.selectFrom('instance').select('created_at').where('id', '=', instanceId).executeTakeFirst()
  return instance === undefined ? undefined : userSteps(db, { instanceId, since: instance.created_at }, now)
}
