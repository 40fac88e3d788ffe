import type { Secret } from '@opensag/protocol'
import type { Selectable } from 'kysely'
import type { Device } from '../../model/device.ts'
import {
  type ItemState,
  itemStates,
  type JobEnding,
  type JobFacts,
  type JobParams,
  type JobState,
  jobFormat,
  mostKeptJobs,
  unfinishedStates,
  type WaveCounts,
} from '../../model/job.ts'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'
import { sealItemPassword } from './item-passwords.ts'
import type { JobItemTable, JobTable } from './tables.ts'

export type Job = JobFacts &
  Readonly<Omit<Selectable<JobTable>, 'waves' | 'state' | 'ending' | 'params'>> & {
    readonly waves: readonly WaveCounts[]
    readonly params: JobParams
  }
export type JobItem = Readonly<Selectable<JobItemTable>>

export type NewJob = Omit<
  JobTable,
  | 'format'
  | 'state'
  | 'ending'
  | 'reason'
  | 'waves'
  | 'params'
  | 'began_at'
  | 'ended_at'
  | 'node'
  | 'leased_until'
  | 'epoch'
> & { readonly params?: JobParams | undefined }
export interface NewItem {
  readonly instanceId: string
  readonly regionId: string
  /** Of one device; its password is sealed here. */
  readonly device?: { readonly serial: string; readonly password: Secret }
}

/** Of a device, what decides whether and when a job gives it a password. */
export type JobDevice = Pick<Device, 'instanceId' | 'role' | 'model' | 'version'>

/** Rows of one statement: so that no database is given more parameters than it takes. */
const rowsAtOnce = 500

/** Where a page of a job's items ends. */
export interface ItemPlace {
  readonly rank: number
  readonly position: number
}

/** What wants to be seen first comes first. */
const order: readonly ItemState[] = ['Failed', 'Unknown', 'Running', 'Skipped', 'ToDo', 'Done']

export function placeOf({ state, position }: Pick<JobItem, 'state' | 'position'>): ItemPlace {
  return { rank: order.indexOf(state), position }
}

/** Jobs of accounts, inside one unit of work. */
export class Jobs {
  readonly #db: Reader | Writer
  readonly #sealer: Sealer | undefined

  /** @param sealer needed where an item has a password */
  constructor(db: Reader | Writer, sealer?: Sealer) {
    this.#db = db
    this.#sealer = sealer
  }

  async find(accountId: string, id: string): Promise<Job | undefined> {
    const row = await this.#db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst()
    return row === undefined || row.account_id !== accountId ? undefined : jobOf(row)
  }

  /** As its items are at this moment: what the job itself holds is up to a second older. */
  counts(id: string): Promise<readonly WaveCounts[]> {
    return countItems(this.#db, id)
  }

  /** The newest first. */
  async list(accountId: string, before: readonly [createdAt: number, id: string] | undefined, most: number) {
    let jobs = this.#db.selectFrom('job').selectAll().where('account_id', '=', accountId)
    if (before !== undefined) {
      const [at, id] = before
      jobs = jobs.where((is) =>
        is.or([is('created_at', '<', at), is.and([is('created_at', '=', at), is('id', '<', id)])]),
      )
    }
    return (await jobs.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(most).execute()).map(jobOf)
  }

  async unfinished(accountId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('job')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .where('state', 'in', unfinishedStates)
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  /** The instances of the account that have these ids, as the items of a job; in the order of the ids. */
  async itemsFor(accountId: string, ids: readonly string[]): Promise<readonly NewItem[]> {
    const regions = new Map<string, string>()
    for (let from = 0; from < ids.length; from += rowsAtOnce) {
      const rows = await this.#db
        .selectFrom('instance')
        .select(['id', 'region_id'])
        .where('account_id', '=', accountId)
        .where('id', 'in', ids.slice(from, from + rowsAtOnce))
        .execute()
      for (const { id, region_id } of rows) regions.set(id, region_id)
    }
    return ids.flatMap((instanceId) => {
      const regionId = regions.get(instanceId)
      return regionId === undefined ? [] : [{ instanceId, regionId }]
    })
  }

  /** The devices of these instances, by their serial numbers. */
  async devicesOf(instances: readonly string[]): Promise<ReadonlyMap<string, JobDevice>> {
    const found = new Map<string, JobDevice>()
    for (let from = 0; from < instances.length; from += rowsAtOnce) {
      const rows = await this.#db
        .selectFrom('device')
        .select(['serial', 'instance_id', 'role', 'model', 'version'])
        .where('instance_id', 'in', instances.slice(from, from + rowsAtOnce))
        .execute()
      for (const { serial, instance_id, role, model, version } of rows)
        found.set(serial, { instanceId: instance_id ?? undefined, role: role ?? undefined, model, version })
    }
    return found
  }

  /** The devices that a job of the account is giving a new password, or will; each with that job. */
  async rotating(accountId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#db
      .selectFrom('job')
      .innerJoin('job_item', 'job_item.job_id', 'job.id')
      .select(['job.id', 'job_item.serial'])
      .where('job.account_id', '=', accountId)
      .where('job.kind', '=', 'RotatePasswords')
      .where('job.state', 'in', unfinishedStates)
      .where((is) =>
        is.or([
          is('job_item.state', '=', 'Running'),
          is.and([is('job_item.state', '=', 'ToDo'), is('job.ending', 'is', null)]),
        ]),
      )
      .execute()
    return new Map(rows.map(({ id, serial }) => [serial ?? '', id]))
  }

  /** Those that want to be looked at first. */
  async items(id: string, after: ItemPlace | undefined, most: number, state?: ItemState): Promise<readonly JobItem[]> {
    const found: JobItem[] = []
    for (const [rank, one] of order.entries()) {
      if (found.length >= most) break
      if ((state !== undefined && one !== state) || rank < (after?.rank ?? 0)) continue
      let items = this.#db.selectFrom('job_item').selectAll().where('job_id', '=', id).where('state', '=', one)
      if (after?.rank === rank) items = items.where('position', '>', after.position)
      found.push(
        ...(await items
          .orderBy('position')
          .limit(most - found.length)
          .execute()),
      )
    }
    return found
  }

  /** Whoever has many loses the oldest that have ended. */
  async add(job: NewJob, items: readonly NewItem[], sizes: readonly number[]): Promise<void> {
    const tx = this.#db as Writer
    const waves: WaveCounts[] = sizes.map((size) => [size, 0, 0, 0, 0, 0])
    const begun = { reason: null, began_at: null, ended_at: null, node: null, leased_until: null, epoch: 0 }
    await tx
      .insertInto('job')
      .values({
        ...job,
        ...begun,
        format: jobFormat,
        params: job.params === undefined ? null : JSON.stringify(job.params),
        state: 'Waiting',
        ending: null,
        waves: JSON.stringify(waves),
      })
      .execute()
    const waveAt = sizes.flatMap((size, wave) => Array.from({ length: size }, () => wave))
    const rows = items.map(({ instanceId, regionId, device }, position) => ({
      job_id: job.id,
      position,
      wave: waveAt[position] ?? 0,
      instance_id: instanceId,
      region_id: regionId,
      serial: device?.serial ?? null,
      password_sealed: device === undefined ? null : this.#sealed(job.id, position, device),
      state: 'ToDo' as const,
    }))
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      await tx
        .insertInto('job_item')
        .values(rows.slice(from, from + rowsAtOnce).map((row) => ({ ...row, ...nothingYet })))
        .execute()
    }
    await this.#forgetBeyond(job.account_id)
  }

  #sealed(jobId: string, position: number, { serial, password }: NonNullable<NewItem['device']>): string {
    if (this.#sealer === undefined) throw new Error('Passwords of a job are kept with a sealer only.')
    return sealItemPassword(this.#sealer, password, { job_id: jobId, position, serial })
  }

  async #forgetBeyond(accountId: string): Promise<void> {
    const tx = this.#db as Writer
    const kept = tx
      .selectFrom('job')
      .select('id')
      .where('account_id', '=', accountId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(mostKeptJobs)
    const ids = (await kept.execute()).map(({ id }) => id)
    if (ids.length < mostKeptJobs) return
    await tx
      .deleteFrom('job')
      .where('account_id', '=', accountId)
      .where('ended_at', 'is not', null)
      .where('id', 'not in', ids)
      .execute()
  }

  /** From the state it was found in: false when it is in another by now. */
  async change(
    { id, state }: Pick<Job, 'id' | 'state'>,
    to: { readonly state?: JobState; readonly ending?: JobEnding },
  ): Promise<boolean> {
    const { numUpdatedRows } = await (this.#db as Writer)
      .updateTable('job')
      .set(to)
      .where('id', '=', id)
      .where('state', '=', state)
      .where('ending', 'is', null)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }
}

const nothingYet = { code: null, expected: null, began_at: null, told_at: null, ended_at: null }

export function jobOf(row: Selectable<JobTable>): Job {
  const { window_from: from, window_to: to, window_offset: offset } = row
  return {
    ...row,
    ending: row.ending ?? undefined,
    startAt: row.start_at ?? undefined,
    window: from === null || to === null || offset === null ? undefined : { from, to, offset },
    mostFailures: row.most_failures,
    waves: JSON.parse(row.waves) as readonly WaveCounts[],
    params: JSON.parse(row.params ?? '{}') as JobParams,
  }
}

/** Counts of all waves of a job, as its items say. */
export async function countItems(db: Reader, id: string): Promise<readonly WaveCounts[]> {
  const rows = await db
    .selectFrom('job_item')
    .select(({ fn }) => ['wave', 'state', fn.countAll<number>().as('count')])
    .where('job_id', '=', id)
    .groupBy(['wave', 'state'])
    .execute()
  const waves: [number, number, number, number, number, number][] = []
  for (const { wave, state, count } of rows) {
    const counts = waves[wave] ?? [0, 0, 0, 0, 0, 0]
    waves[wave] = counts
    counts[itemStates.indexOf(state)] = Number(count)
  }
  return waves
}
