import type { Logger } from 'pino'
import type { Caller } from '../access/caller.ts'
import { Refusal } from '../declare/errors.ts'
import { mayBegin, proofMs, stateAfterRefusal, stepOf } from '../model/job.ts'
import { newRequestId } from '../request-id.ts'
import type { CallAs } from '../rpc/call-as.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { findInstance } from '../store/fleet/lookups.ts'
import { findFirmware } from '../store/gateways/firmware.ts'
import { openItemPassword } from '../store/jobs/item-passwords.ts'
import { countItems, type Job, type JobItem } from '../store/jobs/jobs.ts'
import {
  beginItem,
  type Creator,
  creatorOf,
  nextItems,
  runningItems,
  saveProgress,
  settleItem,
  skipRest,
  takeJob,
  unfinishedJobs,
} from '../store/jobs/runs.ts'
import type { Store } from '../store/store.ts'
import { type Expected, isProven, type PlannedItem, planItem } from './item-calls.ts'
import { decidePassword } from './kinds/password.ts'

export interface JobContext {
  readonly store: Store
  readonly nodeId: string
  readonly callAs: CallAs
  readonly sealer: Sealer
  /** Whether nothing new may begin, because the disk is almost full. */
  readonly refusesWrites: () => boolean
  readonly wallClock: () => number
  /** Starts and windows are of the clock that orders go by, which a sandbox can move. */
  readonly businessClock: () => number
  readonly logger: Logger
}

/** Calls of one job at one time. */
const atOnce = 10
/** A node that is not heard of for so long is replaced. Longer than any call may take: its calls are over by then. */
export const leaseMs = 120_000

/** One look at every job that has not ended. A node works alone on a job for as long as it has the lease. */
export async function advanceJobs(context: JobContext, isOver: () => boolean = () => false): Promise<void> {
  const { store, nodeId, wallClock, businessClock } = context
  if (context.refusesWrites()) return
  const now = wallClock()
  const due = (await store.read(unfinishedJobs)).filter(
    (job) =>
      (job.node === null || job.node === nodeId || (job.leased_until ?? 0) <= now) &&
      (job.state !== 'Waiting' || job.ending !== undefined || mayBegin(job, businessClock())),
  )
  const looks = await Promise.allSettled(due.map((job) => advance(context, job.id, isOver)))
  for (const look of looks) if (look.status === 'rejected') throw look.reason
}

async function advance(context: JobContext, id: string, isOver: () => boolean): Promise<void> {
  const { store, nodeId, wallClock, businessClock, logger } = context
  if (isOver()) return
  const job = await store.write((tx) => takeJob(tx, id, { node: nodeId, now: wallClock(), ms: leaseMs }))
  if (job === undefined) return
  await decideRunning(context, job)
  const creator = await store.read((db) => creatorOf(db, job))
  // Nobody is left in whose name anything could be done.
  const facts = creator === undefined ? ({ ...job, ending: job.ending ?? 'Stopped' } as const) : job
  const waves = await store.read((db) => countItems(db, id))
  const step = stepOf(facts, waves, businessClock())
  const reason = creator === undefined ? 'CreatorGone' : step.ending === 'Failed' ? 'TooManyFailures' : undefined
  const now = wallClock()
  await store.write(async (tx) => {
    if (step.skipsRest) await skipRest(tx, job, reason ?? job.reason ?? 'JobStopped', now)
    const counted = step.skipsRest ? await countItems(tx, id) : waves
    await saveProgress(tx, job, { ...step, waves: counted, reason: job.reason ?? reason, now })
  })
  if (step.state !== job.state) logger.info({ job: id, state: step.state, reason }, 'A job goes on.')
  const { begins } = step
  if (begins === undefined || creator === undefined || isOver()) return
  const next = await store.read((db) => nextItems(db, id, begins, atOnce))
  await Promise.all(next.map((item) => runItem(context, { job, item, creator })))
  await store.write(async (tx) => {
    const after = { ...step, waves: await countItems(tx, id), reason: undefined, now: wallClock() }
    await saveProgress(tx, { ...job, state: step.state, began_at: job.began_at ?? now }, after)
  })
}

/**
 * What runs is done when its gateway proves it. A call that was answered and not proven in time has failed; of one that was not
 * answered, because its node stopped, nobody knows.
 */
async function decideRunning({ store, wallClock }: JobContext, job: Job): Promise<void> {
  const running = await store.read((db) => runningItems(db, job.id))
  for (const item of running) {
    if (job.kind === 'RotatePasswords') {
      const change = await store.read((db) => decidePassword(db, item, expectedOf(item), wallClock()))
      if (change !== undefined) await store.write((tx) => settleItem(tx, job, item.position, change))
      continue
    }
    const instance = await store.read((db) => findInstance(db, item.instance_id))
    const now = wallClock()
    const expected = expectedOf(item)
    const isLate = now - (item.began_at ?? now) >= proofMs[job.kind]
    if (instance !== undefined && isProven(job.kind, expected, instance)) {
      await store.write((tx) => settleItem(tx, job, item.position, { state: 'Done', now }))
    } else if (isLate && item.told_at !== null) {
      await store.write((tx) => settleItem(tx, job, item.position, { state: 'Failed', code: 'NotProven', now }))
    } else if (isLate) {
      await store.write((tx) => settleItem(tx, job, item.position, { state: 'Unknown', code: 'NotAnswered', now }))
    }
  }
}

function expectedOf({ expected }: JobItem): Expected {
  return JSON.parse(expected ?? '{"devices":[]}') as Expected
}

interface Running {
  readonly job: Job
  readonly item: JobItem
  readonly creator: Creator
}

/** The item is written down as running before its call: what is not called then is never called twice. */
async function runItem(context: JobContext, running: Running): Promise<void> {
  const { store, wallClock, logger } = context
  const { job, item } = running
  const { position } = item
  const plan = await store.read(async (db): Promise<PlannedItem> => {
    const instance = await findInstance(db, item.instance_id)
    const offered = job.kind === 'Upgrade' && job.version === null ? await findFirmware(db) : []
    const { region_id: regionId, instance_id: instanceId } = item
    const serial = item.serial ?? undefined
    const { kind, params } = job
    const asked = { kind, version: job.version ?? undefined, params, regionId, instanceId, serial }
    return planItem(asked, instance, offered)
  })
  const password = openItemPassword(context.sealer, item)
  // Written down before the call: by it the journal of the gateway tells what became of a password.
  const requestId = password && newRequestId()
  const expected = JSON.stringify({ ...plan.expected, requestId })
  const begins = { position, expected, now: wallClock() }
  let isBegun = false
  try {
    if (!(await store.write((tx) => beginItem(tx, job, begins)))) return
    const secret = password && { secrets: new Map([['Password', password]]), requestId }
    for (const { action, params } of plan.calls) {
      await context.callAs({ action, params, ...secret, ...inTheName(running) })
      isBegun = true
    }
  } catch (error) {
    if (!(error instanceof Refusal)) {
      // Perhaps it was done: the gateway will tell.
      logger.error({ err: error, job: job.id, instance: item.instance_id }, 'a call of a job was not answered')
      return
    }
    const { code } = error
    const state = stateAfterRefusal(code, { wasOnline: plan.wasOnline, isBegun, wasSo: plan.wasSo })
    await store.write((tx) => settleItem(tx, job, position, { state, code, now: wallClock() }))
    return
  } finally {
    password?.wipe()
  }
  await store.write((tx) => settleItem(tx, job, position, { state: 'Running', now: wallClock() }))
}

function inTheName({ job, creator }: Running) {
  const signed = { accountId: job.account_id, accessKeyId: '' }
  const { userName } = creator
  const mfa = job.creator_mfa === 0 ? {} : ({ mfaPresent: true } as const)
  const caller: Caller =
    job.creator_user_id === null || userName === undefined
      ? { kind: 'Account', ...signed }
      : { kind: 'RAMUser', ...signed, userId: job.creator_user_id, userName, ...mfa }
  return {
    caller,
    rights: { epoch: creator.epoch },
    circumstances: { sourceIp: job.creator_source, secure: job.creator_secure !== 0 },
    onBehalfOf: `acs:opensag:*:${job.account_id}:job/${job.id}`,
  }
}
