import { isDeepStrictEqual } from 'node:util'
import type { MarkedConfig, RevertReason } from '../messages.ts'
import { type ConfigRecord, type ConfigStatus, markOf, type Reverted, sameMark, type Trial } from './record.ts'

/**
 * The gateway's side of its configuration. A configuration it is sent is on trial until the server confirms it over a
 * connection that was made with it in force; without that the gateway goes back to the last one that was confirmed, and
 * says so. Everything follows from the record, so a crash at any point is a start from the same facts.
 * docs/gateway-protocol.md has the tables.
 */
export interface ConfigFacts {
  readonly record: ConfigRecord
  /** What the record says is in force at the system. Not durable: false after every start. */
  readonly inEffect: boolean
}

export type ConfigInput =
  | { readonly is: 'started' }
  /** Null: it is to hold none. `withinMs`: how long it may stay unconfirmed. */
  | { readonly is: 'configure'; readonly desired: MarkedConfig | null; readonly withinMs: number }
  /** The system did not take what it was to put in force. */
  | { readonly is: 'apply-failed' }
  /** It is time to try that again. */
  | { readonly is: 'again' }
  /** The time of that trial is over. */
  | { readonly is: 'deadline'; readonly trial: number }
  /** `during`: the trial that was in effect when the connection was made it came by; 0: none. */
  | { readonly is: 'confirm'; readonly trial: number; readonly during: number }
  /**
   * A connection could not be made. `after`: how many trials there had been when the attempt began, all of them over; nor has
   * the gateway reached the server since the last of them was.
   */
  | { readonly is: 'unreached'; readonly after: number }
  /** The reset button. */
  | { readonly is: 'cleared' }

/** Carried out in their order, each only after the one before is done; a write is durable when it is done. */
export type ConfigEffect =
  | { readonly do: 'write'; readonly record: ConfigRecord }
  /** From here on that trial's time runs, and the gateway seeks a new connection to be confirmed by. */
  | { readonly do: 'await'; readonly trial: number; readonly withinMs: number }
  /** Makes it the configuration of the system; putting the same one in force again changes nothing. */
  | { readonly do: 'apply'; readonly config: MarkedConfig | null }
  /** Some time from now, `again`. */
  | { readonly do: 'apply-later' }
  /** Tells the server how things stand, if there is a connection. */
  | { readonly do: 'tell' }

/** A gateway that starts so often during one trial is not served by what is on trial. */
export const mostStarts = 3

export function configStep({ record, inEffect }: ConfigFacts, input: ConfigInput): readonly ConfigEffect[] {
  const { trial } = record
  switch (input.is) {
    case 'started':
      return onStart(record)
    case 'configure':
      return onConfigure(record, input.desired, input.withinMs)
    case 'apply-failed':
      // Outside a trial there is nothing to go back to.
      return trial === null ? [{ do: 'tell' }, { do: 'apply-later' }] : goBack(record, trial, 'failed')
    case 'again':
      return inEffect ? [] : [{ do: 'apply', config: record.inForce }, { do: 'tell' }]
    case 'deadline':
      return trial?.number === input.trial ? goBack(record, trial, 'unconfirmed') : []
    case 'confirm':
      // Also not when its time was over and only the disk did not take that yet: at the system it is given up.
      if (trial?.number !== input.trial || input.during !== trial.number || !inEffect) return []
      return [{ do: 'write', record: { ...record, trial: null } }, { do: 'tell' }]
    case 'unreached':
      return onUnreached(record, input.after)
    case 'cleared':
      return replace({ ...record, inForce: null, trial: null, reverted: null })
  }
}

/** What the facts are once an effect is done. */
export function configFactsAfter(facts: ConfigFacts, effect: ConfigEffect): ConfigFacts {
  switch (effect.do) {
    case 'write':
      return {
        record: effect.record,
        inEffect: facts.inEffect && sameMark(facts.record.inForce, effect.record.inForce),
      }
    case 'apply':
      return { ...facts, inEffect: true }
    default:
      return facts
  }
}

/** What is absent stays absent: it goes over the wire. */
export function configStatus({ record, inEffect }: ConfigFacts): ConfigStatus {
  const { inForce, trial, reverted } = record
  return {
    ...(inForce === null ? {} : { applied: markOf(inForce) }),
    ...(trial === null ? {} : { trial: trial.number }),
    ...(reverted === null ? {} : { reverted: told(reverted) }),
    ...(inEffect ? {} : { failing: true }),
  }
}

/** How many trials there have been, when all of them are over and what is in force is in effect; undefined otherwise. */
export function afterTrials({ record, inEffect }: ConfigFacts): number | undefined {
  return inEffect && record.trial === null ? record.trials : undefined
}

/** What a connection that is made now may confirm; 0: nothing. */
export function trialInEffect({ record, inEffect }: ConfigFacts): number {
  return inEffect && record.trial !== null ? record.trial.number : 0
}

function told({ instanceId, revision, reason, unreached }: Reverted): ConfigStatus['reverted'] {
  return { instanceId, revision, reason, ...(unreached === undefined ? {} : { unreached }) }
}

function onStart(record: ConfigRecord): readonly ConfigEffect[] {
  const { inForce, trial } = record
  if (trial === null) return [{ do: 'apply', config: inForce }]
  const starts = trial.starts + 1
  if (starts >= mostStarts) return goBack(record, trial, 'restarts')
  return onTrial({ ...record, trial: { ...trial, starts } })
}

function onConfigure(record: ConfigRecord, desired: MarkedConfig | null, withinMs: number): readonly ConfigEffect[] {
  const { inForce, trial, reverted, trials } = record
  const isGivenUp = desired !== null && sameMark(reverted, desired)
  const isSecond = isGivenUp && reverted?.unreached === true ? true : undefined
  // Whoever sends it again has not heard of that.
  if (isGivenUp && isSecond === undefined) return [{ do: 'tell' }]
  if (sameMark(inForce, desired)) return [{ do: 'tell' }]
  // Without any it could enrol: nothing to prove.
  if (desired === null) return replace({ ...record, inForce: null, trial: null, reverted: null })
  // Only its number is new, as when it concerns the other gateway of a pair.
  if (inForce !== null && trial === null && isSameContent(inForce, desired)) {
    return replace({ ...record, inForce: desired, reverted: null })
  }
  // Of a row of unconfirmed ones none is worth going back to.
  const previous = trial === null ? inForce : trial.previous
  const next: Trial = { number: trials + 1, previous, withinMs, starts: 0, ...(isSecond && { isSecond }) }
  return onTrial({ inForce: desired, trial: next, reverted: null, trials: next.number })
}

function isSameContent(one: MarkedConfig, other: MarkedConfig): boolean {
  return one.instanceId === other.instanceId && isDeepStrictEqual(one.config, other.config)
}

/** Its time runs before it is put in force: whatever that does, it ends. */
function onTrial(record: ConfigRecord & { readonly trial: Trial }): readonly ConfigEffect[] {
  const { number, withinMs } = record.trial
  return [
    { do: 'write', record },
    { do: 'await', trial: number, withinMs },
    { do: 'apply', config: record.inForce },
    { do: 'tell' },
  ]
}

/** Once for each configuration: one that does cut it off is in force twice at most, however often nobody is there. */
function onUnreached(record: ConfigRecord, after: number): readonly ConfigEffect[] {
  const { trial, reverted, trials } = record
  if (trial !== null || after !== trials || reverted?.reason !== 'unconfirmed') return []
  if (reverted.unreached === true || reverted.isSecond === true) return []
  return [{ do: 'write', record: { ...record, reverted: { ...reverted, unreached: true } } }]
}

function goBack(record: ConfigRecord, { previous, isSecond }: Trial, reason: RevertReason): readonly ConfigEffect[] {
  const reverted = record.inForce === null ? null : { ...markOf(record.inForce), reason, ...(isSecond && { isSecond }) }
  return replace({ ...record, inForce: previous, trial: null, reverted })
}

function replace(record: ConfigRecord): readonly ConfigEffect[] {
  return [{ do: 'write', record }, { do: 'apply', config: record.inForce }, { do: 'tell' }]
}
