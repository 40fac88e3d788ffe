import { configPushStep, configStep } from '@opensag/protocol'
import { type ConfigMachines, realConfigMachines } from './machines.ts'

/** The machines of a configuration, each time with one of their rules broken. In tests only. */
export interface ConfigMutant {
  readonly name: string
  readonly machines: ConfigMachines
  /** What it may break; the first violation has to be one of these. */
  readonly breaks: readonly string[]
}

function gateway(step: typeof configStep): ConfigMachines {
  return { ...realConfigMachines, gateway: step }
}

function push(step: typeof configPushStep): ConfigMachines {
  return { ...realConfigMachines, push: step }
}

export const configMutants: readonly ConfigMutant[] = [
  {
    name: 'believes a confirmation over a connection made before the trial',
    machines: gateway((facts, input) =>
      configStep(facts, input.is === 'confirm' ? { ...input, during: input.trial } : input),
    ),
    breaks: ['C1', 'C2'],
  },
  {
    name: 'takes a configuration for good without a trial',
    machines: gateway((facts, input) => {
      const effects = configStep(facts, input)
      return effects.map((effect) =>
        input.is === 'configure' && effect.do === 'write'
          ? { ...effect, record: { ...effect.record, trial: null } }
          : effect,
      )
    }),
    breaks: ['C1', 'C2'],
  },
  {
    name: 'goes back to one that was never confirmed',
    machines: gateway((facts, input) => {
      const effects = configStep(facts, input)
      return effects.map((effect) =>
        input.is === 'configure' && effect.do === 'write' && effect.record.trial !== null
          ? {
              ...effect,
              record: { ...effect.record, trial: { ...effect.record.trial, previous: facts.record.inForce } },
            }
          : effect,
      )
    }),
    breaks: ['C1', 'C2'],
  },
  {
    name: 'never goes back by itself',
    machines: gateway((facts, input) => (input.is === 'deadline' ? [] : configStep(facts, input))),
    breaks: ['C2', 'C3'],
  },
  {
    name: 'keeps to itself that it went back',
    machines: gateway((facts, input) =>
      configStep(facts, input).map((effect) =>
        effect.do === 'write' ? { ...effect, record: { ...effect.record, reverted: null } } : effect,
      ),
    ),
    breaks: ['C2', 'C3', 'C4'],
  },
  {
    name: 'confirms a trial that was given up on a disk that takes nothing',
    machines: gateway((facts, input) =>
      configStep(input.is === 'confirm' ? { ...facts, inEffect: true } : facts, input),
    ),
    breaks: ['C2', 'C3'],
  },
  {
    name: 'sends one again that the gateway gave up',
    machines: push((state, input) =>
      configPushStep(
        state.is === 'open' ? { ...state, status: { ...state.status, reverted: undefined } } : state,
        input,
      ),
    ),
    breaks: ['C3', 'C4'],
  },
  {
    name: 'takes every one that it gave up for given up with nobody there',
    machines: gateway((facts, input) =>
      configStep(facts, input).map((effect) =>
        effect.do === 'write' && effect.record.reverted !== null
          ? { ...effect, record: { ...effect.record, reverted: { ...effect.record.reverted, unreached: true } } }
          : effect,
      ),
    ),
    breaks: ['C2', 'C3', 'C4'],
  },
  {
    name: 'keeps to itself that nobody was there when it gave one up, and waits for it',
    machines: push((state, input) =>
      configPushStep(
        state.is === 'open' && state.status.reverted !== undefined
          ? { ...state, status: { ...state.status, reverted: { ...state.status.reverted, unreached: undefined } } }
          : state,
        input,
      ),
    ),
    breaks: ['C3'],
  },
  {
    name: 'does not look again when a gateway takes what was not known to be on its way',
    machines: push((state, input) => {
      const step = configPushStep(state, input)
      return input.is === 'configured' && !input.problem ? { ...step, effects: [] } : step
    }),
    breaks: ['C3'],
  },
  {
    name: 'does not try again what could not be stored',
    machines: push((state, input) => {
      const step = configPushStep(state, input)
      return { ...step, effects: step.effects.filter((effect) => effect.do !== 'look-later') }
    }),
    breaks: ['C3'],
  },
  {
    name: 'forgets a promise when a message is lost',
    machines: { ...realConfigMachines, promise: () => null },
    breaks: ['C3', 'C5'],
  },
  {
    name: 'counts a local change as agreed on that nobody has agreed to',
    machines: { ...realConfigMachines, agreed: (revisions) => ({ ...revisions, synced: revisions.local }) },
    breaks: ['C5', 'C6'],
  },
]
