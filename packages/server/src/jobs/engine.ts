import type { Secret } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Caller } from '../access/caller.ts'
import { Refusal } from '../declare/errors.ts'
import { canRun, type JobKnowledge, mayBegin, proofMs, stateAfterRefusal, stepOf } from '../model/job.ts'
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
  type ItemChange,
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
import { conclude, type JobMemory, writeOutcomes } from './memory.ts'

export interface JobContext {
  readonly store: Store
  readonly nodeId: string
  readonly callAs: CallAs
  readonly memory: JobMemory
  /** The jobs that it can run, when it is of another version than this. */
  readonly knows?: JobKnowledge
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
  const { store, nodeId, wallClock, businessClock, memory, knows } = context
  if (context.refusesWrites()) return
  await writeOutcomes(context)
  const now = wallClock()
  const unfinished = await store.read(unfinishedJobs)
  const ids = new Set(unfinished.map(({ id }) => id))
  for (const id of memory.leases.keys()) if (!ids.has(id)) memory.leases.delete(id)
  const due = unfinished.filter(
    (job) =>
      // One that this version does not know is left to the nodes that do, also its lease.
      canRun(job, knows) &&
      (job.node === null || job.node === nodeId || (job.leased_until ?? 0) <= now) &&
      (job.state !== 'Waiting' || job.ending !== undefined || mayBegin(job, businessClock())),
  )
  const looks = await Promise.allSettled(due.map((job) => advance(context, job, isOver)))
  for (const look of looks) if (look.status === 'rejected') throw look.reason
}

/** The lease that this process has is renewed when half of it is over: a look at which nothing changes commits nothing. */
function isHeld({ memory, nodeId, wallClock }: JobContext, job: Job): boolean {
  const isOwn = job.node === nodeId && memory.leases.get(job.id) === job.epoch
  return isOwn && (job.leased_until ?? 0) - wallClock() > leaseMs / 2
}

async function take({ store, nodeId, wallClock, memory }: JobContext, id: string): Promise<Job | undefined> {
  const job = await store.write((tx) => takeJob(tx, id, { node: nodeId, now: wallClock(), ms: leaseMs }))
  if (job === undefined) memory.leases.delete(id)
  else memory.leases.set(id, job.epoch)
  return job
}

async function advance(context: JobContext, found: Job, isOver: () => boolean): Promise<void> {
  const { store, wallClock, businessClock, logger } = context
  const { id } = found
  if (isOver()) return
  const isFresh = !isHeld(context, found)
  const job = isFresh ? await take(context, id) : found
  if (job === undefined) return
  await decideRunning(context, job)
  const creator = await store.read((db) => creatorOf(db, job))
  // Nobody is left in whose name anything could be done.
  const facts = creator === undefined ? ({ ...job, ending: job.ending ?? 'Stopped' } as const) : job
  const waves = await store.read((db) => countItems(db, id))
  const step = stepOf(facts, waves, businessClock())
  const reason = creator === undefined ? 'CreatorGone' : step.ending === 'Failed' ? 'TooManyFailures' : undefined
  const now = wallClock()
  const isChanged =
    step.skipsRest ||
    step.state !== job.state ||
    step.ending !== job.ending ||
    (reason !== undefined && job.reason === null) ||
    JSON.stringify(waves) !== JSON.stringify(job.waves)
  if (isChanged) {
    await store.write(async (tx) => {
      if (step.skipsRest) await skipRest(tx, job, reason ?? job.reason ?? 'JobStopped', now)
      const counted = step.skipsRest ? await countItems(tx, id) : waves
      await saveProgress(tx, job, { ...step, waves: counted, reason: job.reason ?? reason, now })
    })
  }
  if (step.state !== job.state) logger.info({ job: id, state: step.state, reason }, 'A job goes on.')
  const { begins } = step
  if (begins === undefined || creator === undefined || isOver()) return
  // A call is over before the lease is: whatever begins, begins with a whole one.
  const led = isFresh ? { ...job, state: step.state, began_at: job.began_at ?? now } : await take(context, id)
  // A call may have paused or stopped it since.
  if (led === undefined || led.state !== step.state || led.ending !== undefined) return
  const next = await store.read((db) => nextItems(db, id, begins, atOnce))
  // All of them are over before the next look, also when the store went away in the middle.
  const calls = await Promise.allSettled(next.map((item) => runItem(context, { job: led, item, creator })))
  for (const call of calls) if (call.status === 'rejected') throw call.reason
  await store.write(async (tx) => {
    const after = { ...step, waves: await countItems(tx, id), reason: undefined, now: wallClock() }
    await saveProgress(tx, led, after)
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
  const opened = openPassword(context, running)
  const password = opened === 'unreadable' ? undefined : opened
  // Written down before the call: by it the journal of the gateway tells what became of a password.
  const requestId = password && newRequestId()
  const expected = { ...plan.expected, requestId }
  const begins = { position, expected: JSON.stringify(expected), now: wallClock() }
  const become = (change: ItemChange | undefined) => conclude(context, { job, item, expected, change })
  let isBegun = false
  let isSent = false
  const onSent = () => {
    isSent = true
  }
  try {
    if (!(await store.write((tx) => beginItem(tx, job, begins)))) return
    const secret = password && { secrets: new Map([['Password', password]]), requestId }
    // One whose password does not open has no call.
    for (const { action, params } of opened === 'unreadable' ? [] : plan.calls) {
      await context.callAs({ action, params, ...secret, ...inTheName(running), onSent })
      isBegun = true
    }
  } catch (error) {
    if (!(error instanceof Refusal)) {
      logger.error({ err: error, job: job.id, instance: item.instance_id }, 'a call of a job was not answered')
      // Perhaps it was done: the gateway will tell, and the journal of passwords whether one was handed over at all.
      if (!isSent || password !== undefined) await become(undefined)
      return
    }
    const { code } = error
    const state = stateAfterRefusal(code, { wasOnline: plan.wasOnline, isBegun, wasSo: plan.wasSo })
    await become({ state, code, now: wallClock() })
    return
  } finally {
    password?.wipe()
  }
  const now = wallClock()
  await become(
    opened === 'unreadable' ? { state: 'Failed', code: 'PasswordUnreadable', now } : { state: 'Running', now },
  )
}

/** One that does not open, because it is damaged or the server has another key, never will: it holds up nobody else. */
function openPassword({ sealer, logger }: JobContext, { job, item }: Running): Secret | 'unreadable' | undefined {
  try {
    return openItemPassword(sealer, item)
  } catch (error) {
    logger.error({ err: error, job: job.id, serial: item.serial }, 'a password of a job does not open')
    return 'unreadable'
  }
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
