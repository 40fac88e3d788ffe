import { replayed } from './answer.ts'
import type { Actor, JournalRecord, PlannedGateway, RunEnd } from './journal-record.ts'
import type { Outcome } from './machine.ts'

/** A call that may have worked. */
export interface Doubt {
  /** The run whose password it carried. */
  readonly run: number
  readonly at: string
  readonly endpointTime: number | undefined
  /** Of the answer that left it unclear. Without one, no answer came, or not to this very call. */
  readonly requestId?: string | undefined
}

/** What is known of one gateway after reading a journal. */
export interface GatewayState {
  readonly outcome: Outcome | undefined
  /** Of a changed one: the run whose password it holds. */
  readonly holds: number | undefined
  /** The call that has no answer yet. */
  readonly open: Doubt | undefined
  /** Earlier calls that may have worked, oldest first. */
  readonly doubts: readonly Doubt[]
  /** Answers it got: no call with one of these was lost. */
  readonly requestIds: readonly string[]
  readonly decidedAt: string | undefined
}

/** Every call that may have worked. */
export function doubtsOf({ open, doubts }: GatewayState): readonly Doubt[] {
  return open === undefined ? doubts : [...doubts, open]
}

export interface JournalState {
  readonly began: Extract<JournalRecord, { kind: 'began' }>
  readonly plan: readonly PlannedGateway[]
  /** Without it, planning was interrupted: nothing was called. */
  readonly isPlanned: boolean
  readonly runs: readonly RunRecord[]
  readonly gateways: readonly GatewayState[]
  readonly sealed: readonly Extract<JournalRecord, { kind: 'sealed' }>[]
}

/** One sitting at a rotation; without an end it was killed. */
export interface RunRecord {
  readonly run: number
  readonly at: string
  readonly by: Actor
  readonly ended: { readonly at: string; readonly why: RunEnd; readonly passwords?: string | undefined } | undefined
}

/** A journal whose records cannot have been written in this order by this program. */
export class JournalMistake extends Error {
  override readonly name = 'JournalMistake'
}

const untouched: GatewayState = {
  outcome: undefined,
  holds: undefined,
  open: undefined,
  doubts: [],
  requestIds: [],
  decidedAt: undefined,
}

/** @throws JournalMistake */
export function readJournal(records: Iterable<JournalRecord>): JournalState {
  let began: JournalState['began'] | undefined
  let plan: PlannedGateway[] = []
  let isPlanned = false
  const runs: RunRecord[] = []
  let gateways: GatewayState[] = []
  const sealed: Extract<JournalRecord, { kind: 'sealed' }>[] = []

  for (const record of records) {
    if ((record.kind === 'began') !== (began === undefined)) throw new JournalMistake('It does not begin once.')
    switch (record.kind) {
      case 'began':
        if (record.format !== 1) throw new JournalMistake('It was written by another version of this program.')
        began = record
        break
      case 'planned':
        if (isPlanned) throw new JournalMistake('It has more than one plan.')
        plan.push(...record.gateways)
        break
      case 'plan-ended':
        // A plan that was interrupted before may lie in front of the one that counts.
        plan = plan.slice(plan.length - record.gateways)
        if (isPlanned || plan.length !== record.gateways) throw new JournalMistake('Its plan is not whole.')
        isPlanned = true
        gateways = plan.map(({ choice }) =>
          'unsupported' in choice
            ? { ...untouched, outcome: { is: 'unsupported', why: choice.unsupported } }
            : untouched,
        )
        break
      case 'run':
        runs.push({ run: record.run, at: record.at, by: record.by, ended: undefined })
        break
      case 'sealed':
        sealed.push(record)
        break
      case 'wave':
        break
      case 'run-ended':
        runs.push({
          ...endingRun(runs.pop(), record.run),
          ended: { at: record.at, why: record.why, passwords: record.passwords },
        })
        break
      default: {
        const present = gateways[record.gateway]
        if (present === undefined) throw new JournalMistake('It speaks of a gateway that its plan does not have.')
        gateways[record.gateway] = stateAfter(present, record)
      }
    }
  }
  if (began === undefined) throw new JournalMistake('It is empty.')
  return { began, plan, isPlanned, runs, gateways, sealed }
}

function endingRun(last: RunRecord | undefined, run: number): RunRecord {
  if (last?.run !== run) throw new JournalMistake('A run ends that did not begin.')
  return last
}

type OfGateway = Extract<JournalRecord, { readonly gateway: number }>

/** @throws JournalMistake */
export function stateAfter(before: GatewayState, record: OfGateway): GatewayState {
  switch (record.kind) {
    case 'calling': {
      if (before.outcome?.is === 'changed') throw new JournalMistake('It changes a gateway twice.')
      const { run, at, endpointTime } = record
      // One that is still open was cut off by the end of its run.
      return { ...before, outcome: undefined, doubts: doubtsOf(before), open: { run, at, endpointTime } }
    }
    case 'answered': {
      const { requestId, meaning, at, code } = record
      const requestIds = requestId === undefined ? before.requestIds : [...before.requestIds, requestId]
      if (meaning === 'changed') return { ...changed(before, at, before.open?.run), requestIds }
      const { open, doubts } = before
      if (meaning !== 'unclear' || open === undefined) return { ...before, requestIds, open: undefined }
      // What was refused as a repetition has its own request id; the one it repeats is not known.
      const own = code === replayed ? undefined : requestId
      return { ...before, requestIds, open: undefined, doubts: [...doubts, { ...open, requestId: own }] }
    }
    case 'not-sent':
      return { ...before, open: undefined }
    case 'lost':
      return { ...before, open: undefined, doubts: doubtsOf(before) }
    case 'checked':
      if (record.found === 'unknown') return before
      if (record.found === 'changed') return changed(before, before.decidedAt, record.run)
      return { ...before, open: undefined, doubts: [] }
    case 'decided':
      if (before.outcome?.is === 'changed' && record.outcome.is !== 'changed') {
        throw new JournalMistake('It takes a success back.')
      }
      return { ...before, outcome: record.outcome, decidedAt: record.at }
  }
}

function changed(before: GatewayState, at: string | undefined, holds: number | undefined): GatewayState {
  return { ...before, outcome: { is: 'changed' }, holds, open: undefined, doubts: [], decidedAt: at }
}
