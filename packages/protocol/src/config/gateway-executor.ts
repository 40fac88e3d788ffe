import {
  type ConfigEffect,
  type ConfigFacts,
  type ConfigInput,
  configFactsAfter,
  configStep,
} from './gateway-machine.ts'

/**
 * How a gateway works one input off, effect by effect. One input at a time. A write that fails ends it, as a crash does:
 * nothing of what was to follow happens, and the next input starts from the facts.
 */
export interface ConfigExecutorState {
  readonly facts: ConfigFacts
  /** What is still to be done; the first of it is under way. */
  readonly rest: readonly ConfigEffect[]
}

export type ConfigExecutorInput =
  | ConfigInput
  /** The effect is done. */
  | { readonly is: 'done' }

export interface ConfigExecutorStep {
  readonly state: ConfigExecutorState
  /** At most one: what follows depends on how it ends. None: nothing more to do. */
  readonly effects: readonly ConfigEffect[]
}

export function configExecutorStep(state: ConfigExecutorState, input: ConfigExecutorInput): ConfigExecutorStep {
  const { facts, rest } = state
  switch (input.is) {
    case 'done': {
      const [effect, ...left] = rest
      return effect === undefined ? stay(state) : next(configFactsAfter(facts, effect), left)
    }
    case 'apply-failed': {
      // Half of it may be in force.
      const now = { ...facts, inEffect: false }
      return next(now, configStep(now, input))
    }
    default:
      return rest.length > 0 ? stay(state) : next(facts, configStep(facts, input))
  }
}

function next(facts: ConfigFacts, rest: readonly ConfigEffect[]): ConfigExecutorStep {
  return { state: { facts, rest }, effects: rest.slice(0, 1) }
}

function stay(state: ConfigExecutorState): ConfigExecutorStep {
  return { state, effects: [] }
}
