import { sql } from 'kysely'
import type { ItemState, JobStep } from '../../model/job.ts'
import { unfinishedStates, type WaveCounts } from '../../model/job.ts'
import type { Reader, Store, Writer } from '../store.ts'
import { inBatches } from '../sweep.ts'
import { countItems, type Job, type JobItem, jobOf } from './jobs.ts'

// What a node does with jobs. Every write says which lease it is made under: of a node that another one has replaced, nothing counts.

/** An item that is decided needs none any more. */
const noPassword = { password_sealed: null } as const

export interface Lease {
  readonly id: string
  readonly epoch: number
}

/** Those that have something to do: one that is paused has not, once nothing of it runs any more. */
export async function unfinishedJobs(db: Reader): Promise<readonly Job[]> {
  const rows = await db
    .selectFrom('job')
    .selectAll()
    .where('state', 'in', unfinishedStates)
    .where((is) => {
      const running = is.selectFrom('job_item').select('position').where('job_item.state', '=', 'Running')
      return is.or([
        is('state', '!=', 'Paused'),
        is('ending', 'is not', null),
        is.exists(running.whereRef('job_item.job_id', '=', 'job.id')),
      ])
    })
    .orderBy('id')
    .execute()
  return rows.map(jobOf)
}

/** What is under way or to come waits until somebody resumes or stops it; what is being stopped begins nothing as it is. */
export async function pauseEveryJob(tx: Writer): Promise<void> {
  await tx
    .updateTable('job')
    .set({ state: 'Paused', node: null, leased_until: null })
    .where('state', 'in', ['Waiting', 'Running'])
    .where('ending', 'is', null)
    .execute()
}

/**
 * Of a store that was restored: what becomes of a password that was on its way is told by a record which is gone. Whoever has
 * the list tries both.
 */
export async function forgetPasswordsUnderWay(tx: Writer, now: number): Promise<void> {
  const hit = await tx
    .updateTable('job_item')
    .set({ state: 'Unknown', code: 'ServerRestored', ended_at: now, ...noPassword })
    .where('state', '=', 'Running')
    .where('password_sealed', 'is not', null)
    .returning('job_id')
    .execute()
  for (const id of new Set(hit.map(({ job_id }) => job_id))) {
    const waves = JSON.stringify(await countItems(tx, id))
    await tx.updateTable('job').set({ waves }).where('id', '=', id).execute()
  }
}

/** Ends jobs that were created before and still hold passwords, also those that are paused. */
export async function endOldRotations(store: Pick<Store, 'read' | 'write'>, before: number): Promise<void> {
  const old = (db: Reader) =>
    db
      .selectFrom('job')
      .select('id')
      .where('kind', '=', 'RotatePasswords')
      .where('state', 'in', unfinishedStates)
      .where('ending', 'is', null)
      .where('created_at', '<', before)
  if ((await store.read((db) => old(db).executeTakeFirst())) === undefined) return
  await store.write(async (tx) => {
    await tx
      .updateTable('job')
      .set({ ending: 'Stopped', reason: 'PasswordsTooOld' })
      .where('id', 'in', old(tx))
      .execute()
  })
}

/** Undefined while another node works on it. */
export async function takeJob(
  tx: Writer,
  id: string,
  { node, now, ms }: { readonly node: string; readonly now: number; readonly ms: number },
): Promise<Job | undefined> {
  const row = await tx
    .updateTable('job')
    .set({ node, leased_until: now + ms, epoch: sql`epoch + 1` })
    .where('id', '=', id)
    .where('state', 'in', unfinishedStates)
    .where((is) => is.or([is('node', 'is', null), is('node', '=', node), is('leased_until', '<=', now)]))
    .returningAll()
    .executeTakeFirst()
  return row && jobOf(row)
}

export async function runningItems(db: Reader, id: string): Promise<readonly JobItem[]> {
  return db.selectFrom('job_item').selectAll().where('job_id', '=', id).where('state', '=', 'Running').execute()
}

export async function nextItems(db: Reader, id: string, wave: number, most: number): Promise<readonly JobItem[]> {
  return db
    .selectFrom('job_item')
    .selectAll()
    .where('job_id', '=', id)
    .where('state', '=', 'ToDo')
    .where('wave', '=', wave)
    .orderBy('position')
    .limit(most)
    .execute()
}

/** Whether it may begin: somebody may have paused or stopped the job. What it is expected to prove is written down with it. */
export async function beginItem(
  tx: Writer,
  { id, epoch }: Lease,
  { position, expected, now }: { readonly position: number; readonly expected: string; readonly now: number },
): Promise<boolean> {
  const job = tx
    .selectFrom('job')
    .select('id')
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .where('state', '=', 'Running')
    .where('ending', 'is', null)
  const { numUpdatedRows } = await tx
    .updateTable('job_item')
    .set({ state: 'Running', expected, began_at: now })
    .where('job_id', 'in', job)
    .where('position', '=', position)
    .where('state', '=', 'ToDo')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Of an item that was written down as running, and nothing was sent for it: it is to do as before, under whoever's lease. */
export async function putBackItem(
  tx: Writer,
  jobId: string,
  { position, expected }: { readonly position: number; readonly expected: string },
): Promise<void> {
  await tx
    .updateTable('job_item')
    .set({ state: 'ToDo', expected: null, began_at: null })
    .where('job_id', '=', jobId)
    .where('position', '=', position)
    .where('state', '=', 'Running')
    .where('expected', '=', expected)
    .where('told_at', 'is', null)
    .execute()
}

export interface ItemChange {
  readonly state: ItemState
  readonly code?: string | undefined
  readonly now: number
}

/** What became of an item that runs; still `Running`: its call was answered that it was done, and the proof is awaited. */
export async function settleItem(
  tx: Writer,
  { id, epoch }: Lease,
  position: number,
  { state, code, now }: ItemChange,
): Promise<void> {
  await tx
    .updateTable('job_item')
    .set({ state, code: code ?? null, ...(state === 'Running' ? { told_at: now } : { ended_at: now, ...noPassword }) })
    .where('job_id', 'in', tx.selectFrom('job').select('id').where('id', '=', id).where('epoch', '=', epoch))
    .where('position', '=', position)
    .where('state', '=', 'Running')
    .execute()
}

export interface Progress extends JobStep {
  readonly waves: readonly WaveCounts[]
  readonly reason: string | undefined
  readonly now: number
}

/** Only from the state it was decided in: a call may have changed it since, and is heard the next time. */
export async function saveProgress(tx: Writer, job: Job, progress: Progress): Promise<void> {
  const { state, ending, reason, now, waves } = progress
  const isOver = state === 'Done' || state === 'Stopped' || state === 'Failed'
  await tx
    .updateTable('job')
    .set({
      state,
      ending: ending ?? null,
      reason: reason ?? null,
      waves: JSON.stringify(waves),
      ...(state === 'Running' && job.began_at === null ? { began_at: now } : {}),
      ...(isOver ? { ended_at: now, node: null, leased_until: null } : {}),
    })
    .where('id', '=', job.id)
    .where('epoch', '=', job.epoch)
    .where('state', '=', job.state)
    .where((is) => (job.ending === undefined ? is('ending', 'is', null) : is('ending', '=', job.ending)))
    .execute()
}

export async function skipRest(tx: Writer, { id, epoch }: Lease, code: string, now: number): Promise<void> {
  await tx
    .updateTable('job_item')
    .set({ state: 'Skipped', code, ended_at: now, ...noPassword })
    .where('job_id', 'in', tx.selectFrom('job').select('id').where('id', '=', id).where('epoch', '=', epoch))
    .where('state', '=', 'ToDo')
    .execute()
}

export interface Creator {
  /** Of the account's rights: what was compiled before it grew is out of date. */
  readonly epoch: number
  /** Undefined: the account itself. */
  readonly userName: string | undefined
}

/** Who created a job, as they are now; undefined when that user is there no more. */
export async function creatorOf(
  db: Reader,
  { account_id, creator_user_id }: Pick<Job, 'account_id' | 'creator_user_id'>,
): Promise<Creator | undefined> {
  const account = await db
    .selectFrom('account')
    .select('access_epoch')
    .where('id', '=', account_id)
    .executeTakeFirstOrThrow()
  if (creator_user_id === null) return { epoch: account.access_epoch, userName: undefined }
  const user = await db
    .selectFrom('ram_user')
    .select('name')
    .where('id', '=', creator_user_id)
    .where('account_id', '=', account_id)
    .executeTakeFirst()
  return user && { epoch: account.access_epoch, userName: user.name }
}

/** Jobs one sweep forgets in one commit: each can have thousands of items. */
const forgottenAtOnce = 2

/** Forgets jobs that ended before. */
export function forgetJobs(store: Pick<Store, 'write'>, before: number, isOver: () => boolean): Promise<void> {
  return inBatches(
    forgottenAtOnce,
    () =>
      store.write(async (tx) => {
        const old = tx.selectFrom('job').select('id').where('ended_at', '<', before).limit(forgottenAtOnce)
        const { numDeletedRows } = await tx.deleteFrom('job').where('id', 'in', old).executeTakeFirstOrThrow()
        return Number(numDeletedRows)
      }),
    isOver,
  )
}
