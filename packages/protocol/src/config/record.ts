import type { ConfigMark, MarkedConfig, RevertReason } from '../messages.ts'

/**
 * What a gateway keeps of its configuration: the whole of it, in one atomic write. Whatever is in force at its system
 * follows from this and is put in force anew at every start.
 */
export interface ConfigRecord {
  /** Null: it is bound to no instance. */
  readonly inForce: MarkedConfig | null
  /** As long as nobody has confirmed that the gateway can be reached with what is in force. */
  readonly trial: Trial | null
  /** What was given up last; forgotten as soon as another one is taken. */
  readonly reverted: Reverted | null
  /** How many trials there were: the number of the last one. Never falls. */
  readonly trials: number
}

export interface Trial {
  readonly number: number
  /** The last one that was confirmed: in force again when this one is not. */
  readonly previous: MarkedConfig | null
  /** Milliseconds it has to be confirmed in, from when it is put in force. */
  readonly withinMs: number
  /** How often the gateway has started since. */
  readonly starts: number
  /** It was on trial before and given up while nobody could be reached without it either. */
  readonly isSecond?: true | undefined
}

export interface Reverted extends ConfigMark {
  readonly reason: RevertReason
  /** Nobody could be reached without it either: it may not be to blame, and is taken on trial once more. */
  readonly unreached?: true | undefined
  /** That was its second trial. */
  readonly isSecond?: true | undefined
}

/** What a gateway tells of its configuration. */
export interface ConfigStatus {
  /** What is in force; undefined: none. */
  readonly applied?: ConfigMark | undefined
  /** It is not confirmed: the number of its trial. */
  readonly trial?: number | undefined
  readonly reverted?: Omit<Reverted, 'isSecond'> | undefined
  /** Its system does not take what should be in force; it tries again and again. */
  readonly failing?: boolean | undefined
}

export const emptyConfigRecord: ConfigRecord = { inForce: null, trial: null, reverted: null, trials: 0 }

export function markOf(config: MarkedConfig): ConfigMark {
  return { instanceId: config.instanceId, revision: config.revision }
}

export function sameMark(one: ConfigMark | null | undefined, other: ConfigMark | null | undefined): boolean {
  return one?.instanceId === other?.instanceId && one?.revision === other?.revision
}
