import { type DailyHours, isWithin, minuteMs } from './daily-hours.ts'
import type { Tags } from './tags.ts'

/** What a job does to each of its gateways. */
export const jobKinds = [
  'Restart',
  'Upgrade',
  'Synchronize',
  'RotatePasswords',
  'AddToNetwork',
  'Tag',
  'Untag',
] as const
export type JobKind = (typeof jobKinds)[number]

/**
 * Of a job and its items as they are stored. It grows when a server of the version before would do something wrong with a job that
 * this one creates, beside not knowing its kind.
 */
export const jobFormat = 1

/** The jobs that a version of the server can run. */
export interface JobKnowledge {
  readonly kinds: readonly string[]
  readonly format: number
}

const ours: JobKnowledge = { kinds: jobKinds, format: jobFormat }

/** During an upgrade of several nodes there are jobs that only some of them know. */
export function canRun(
  job: { readonly kind: string; readonly format: number | null },
  knows: JobKnowledge = ours,
): boolean {
  return knows.kinds.includes(job.kind) && (job.format ?? 1) <= knows.format
}

/** What some kinds are given beside their gateways. */
export interface JobParams {
  /** Of `AddToNetwork`. */
  readonly ccnId?: string | undefined
  /** Of `Tag`. */
  readonly tags?: Tags | undefined
  /** Of `Untag`. */
  readonly tagKeys?: readonly string[] | undefined
}

export const jobStates = ['Waiting', 'Running', 'Paused', 'Done', 'Stopped', 'Failed'] as const
export type JobState = (typeof jobStates)[number]

/** How a job ends that does not do everything. */
export type JobEnding = 'Stopped' | 'Failed'

export const unfinishedStates = ['Waiting', 'Running', 'Paused'] as const satisfies readonly JobState[]

export const itemStates = ['ToDo', 'Running', 'Done', 'Failed', 'Unknown', 'Skipped'] as const
export type ItemState = (typeof itemStates)[number]

/** Of one wave: how many of its items are in each state, in the order of {@link itemStates}. */
export type WaveCounts = readonly [
  toDo: number,
  running: number,
  done: number,
  failed: number,
  unknown: number,
  skipped: number,
]

/** What of a job decides how it goes on. */
export interface JobFacts {
  readonly state: JobState
  /** It ends like this as soon as nothing of it runs any more. */
  readonly ending: JobEnding | undefined
  readonly startAt: number | undefined
  /** In which items may begin. */
  readonly window: DailyHours | undefined
  /** One more that failed, or whose outcome is unknown, ends it. */
  readonly mostFailures: number
}

/** What is to become of a job now. */
export interface JobStep {
  readonly state: JobState
  readonly ending: JobEnding | undefined
  /** The items that are still to do are never begun. */
  readonly skipsRest: boolean
  /** Items of this wave may begin. */
  readonly begins: number | undefined
}

/**
 * How a job goes on: by its stop rule, its start, its window, and its waves, each of which begins when nothing of the one
 * before is to do or running.
 */
export function stepOf(job: JobFacts, waves: readonly WaveCounts[], now: number): JobStep {
  const [toDo, running, , failed, unknown] = totalsOf(waves)
  const ending = job.ending ?? (failed + unknown > job.mostFailures ? 'Failed' : undefined)
  if (ending !== undefined) {
    return { state: running === 0 ? ending : job.state, ending, skipsRest: toDo > 0, begins: undefined }
  }
  const stays = { ending, skipsRest: false, begins: undefined }
  if (toDo + running === 0) return { ...stays, state: 'Done' }
  if (job.state === 'Paused') return { ...stays, state: 'Paused' }
  if (!mayBegin(job, now)) return { ...stays, state: running === 0 ? 'Waiting' : 'Running' }
  const current = waves.findIndex((wave) => wave[0] + wave[1] > 0)
  return { ...stays, state: 'Running', begins: (waves[current]?.[0] ?? 0) > 0 ? current : undefined }
}

/** Whether its start has come and its window is open. */
export function mayBegin({ startAt, window }: Pick<JobFacts, 'startAt' | 'window'>, now: number): boolean {
  return (startAt === undefined || startAt <= now) && (window === undefined || isWithin(window, now))
}

export function totalsOf(waves: readonly WaveCounts[]): WaveCounts {
  const totals: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0]
  for (const wave of waves) for (const [index, count] of wave.entries()) totals[index] = (totals[index] ?? 0) + count
  return totals
}

/**
 * What becomes of an item whose call was refused. That there was nothing to do, or nobody to do it, is no failure; that a gateway was
 * there and did not answer is one, and so is a pair of which one half has done it.
 */
export function stateAfterRefusal(
  code: string,
  {
    wasOnline,
    isBegun,
    wasSo,
  }: { readonly wasOnline: boolean; readonly isBegun: boolean; readonly wasSo?: boolean | undefined },
): ItemState {
  if (isBegun) return 'Failed'
  if (code === 'SmartAccessGatewayNotOnline' || code === 'SmartAccessGatewayOffline')
    return wasOnline ? 'Failed' : 'Skipped'
  if (code === 'SmartAccessGatewayAlreadyBound' && wasSo === true) return 'Skipped'
  return code === 'VersionTooOld' ? 'Skipped' : 'Failed'
}

/** So long after its call the gateway has to prove that it was done. */
export const proofMs: Readonly<Record<JobKind, number>> = {
  Restart: 10 * minuteMs,
  Upgrade: 30 * minuteMs,
  Synchronize: 10 * minuteMs,
  // The journal of passwords decides long before, also when a node died in the middle.
  RotatePasswords: 10 * minuteMs,
  AddToNetwork: minuteMs,
  Tag: minuteMs,
  Untag: minuteMs,
}

export const mostJobItems = 3000
/** Jobs of an account that have not ended. */
export const mostUnfinishedJobs = 20
/** Jobs of an account that are kept: of more, the oldest that have ended are forgotten. */
export const mostKeptJobs = 200
export const mostWaves = 100
/** Days after its creation for which the passwords of a job are held at most: what has not begun then is left alone. */
export const passwordDays = 7
/** Days for which a job is kept after its end. */
export const jobDays = 90
