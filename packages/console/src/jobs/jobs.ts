import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../app/always.ts'
import { offsetText } from '../app/utc-offset.ts'
import type { Tone } from '../ui/tones.ts'

type Shown = Always<
  ResultOf<'ListJobs'>['Jobs'][number],
  | 'JobId'
  | 'Kind'
  | 'State'
  | 'Creator'
  | 'CreateTime'
  | 'FirstWave'
  | 'WaveGrowth'
  | 'LargestWave'
  | 'MostFailures'
  | 'Total'
  | ItemState
>

export const kinds = ['Restart', 'Upgrade', 'Synchronize', 'RotatePasswords', 'AddToNetwork', 'Tag', 'Untag'] as const
export type Kind = (typeof kinds)[number]

export const itemStates = ['Done', 'Failed', 'Unknown', 'Skipped', 'Running', 'ToDo'] as const
export type ItemState = (typeof itemStates)[number]

export interface JobRow extends Shown {
  readonly Kind: Kind
  readonly State: 'Waiting' | 'Running' | 'Paused' | 'Done' | 'Stopped' | 'Failed'
}

export type WaveCounts = Readonly<Record<ItemState, number>>

export interface JobItem extends Always<ResultOf<'DescribeJob'>['Items'][number], 'SmartAGId' | 'RegionId' | 'Wave'> {
  readonly State: ItemState
}

export interface JobFacts extends JobRow {
  readonly Waves: readonly WaveCounts[]
  readonly Items: readonly JobItem[]
  readonly NextToken?: string
}

/** What is said of a job: beside its states, that it ends when what runs has ended. */
export type Phase = JobRow['State'] | 'Ending'

export function phaseOf({ State, Ending, EndTime }: Pick<JobRow, 'State' | 'Ending' | 'EndTime'>): Phase {
  return Ending !== undefined && EndTime === undefined ? 'Ending' : State
}

export const phaseTones: Readonly<Record<Phase, Tone>> = {
  Waiting: 'idle',
  Running: 'info',
  Paused: 'idle',
  Ending: 'warn',
  Done: 'ok',
  Stopped: 'warn',
  Failed: 'bad',
}

export const itemTones: Readonly<Record<ItemState, Tone>> = {
  Done: 'ok',
  Failed: 'bad',
  Unknown: 'bad',
  Skipped: 'warn',
  Running: 'info',
  ToDo: 'idle',
}

/** Jobs that want to be looked at come first: those that failed, that go on, that wait; the newest first among equals. */
const order: readonly Phase[] = ['Ending', 'Running', 'Paused', 'Waiting']
export function unfinishedFirst(jobs: readonly JobRow[]): readonly JobRow[] {
  const rank = (job: JobRow): number => {
    const found = order.indexOf(phaseOf(job))
    return found === -1 ? order.length : found
  }
  return [...jobs].sort((one, other) => rank(one) - rank(other) || other.CreateTime - one.CreateTime)
}

export interface Cell {
  readonly state: ItemState
  /** How many gateways it stands for. */
  readonly count: number
}

/** A wave as cells, in the order of {@link itemStates}; of a large one each cell stands for several of one state. */
export function cellsOf(wave: WaveCounts, most: number): readonly Cell[] {
  const total = itemStates.reduce((sum, state) => sum + wave[state], 0)
  const each = Math.max(1, Math.ceil(total / most))
  return itemStates.flatMap((state) => {
    const cells: Cell[] = []
    for (let left = wave[state]; left > 0; left -= each) cells.push({ state, count: Math.min(each, left) })
    return cells
  })
}

/** How a wave stands as a whole. */
export function phaseOfWave(wave: WaveCounts, isOver: boolean): 'Done' | 'Failed' | 'Skipped' | 'Running' | 'ToDo' {
  const open = wave.ToDo + wave.Running
  if (open > 0) return wave.Running > 0 || wave.Done + wave.Failed + wave.Unknown > 0 ? 'Running' : 'ToDo'
  if (wave.Failed + wave.Unknown > 0) return 'Failed'
  return wave.Done === 0 && isOver ? 'Skipped' : 'Done'
}

/** How many more may fail before a job stops by itself. */
export function failuresLeft({ MostFailures, Failed, Unknown }: JobRow): number {
  return Math.max(0, MostFailures - Failed - Unknown)
}

export interface Schedule {
  readonly start: 'now' | 'later' | 'window'
  /** As the browser's own field has it, in the time of this machine: `2026-12-01T20:00`. */
  readonly at: string
  readonly from: string
  readonly to: string
}

/** As `CreateJob` takes it; undefined while it is not filled in. */
export function scheduleParams({ start, at, from, to }: Schedule, offsetMinutes: number) {
  if (start === 'now') return {}
  if (start === 'window') {
    const isWhole = from !== '' && to !== '' && from !== to
    return isWhole ? { WindowStart: from, WindowEnd: to, UtcOffset: offsetText(offsetMinutes) } : undefined
  }
  const time = Date.parse(`${at}Z`)
  if (Number.isNaN(time)) return undefined
  return { StartAt: new Date(time - offsetMinutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z') }
}
