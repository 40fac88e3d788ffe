import {
  executorStep,
  type GatewayEffect,
  gatewayStep,
  type HeldChange,
  requestStep,
  type ServerInput,
  type ServerState,
  type ServerStep,
  serverStep,
  turnsStep,
  type WelcomeInput,
  type WelcomeState,
  welcomeStep,
} from '@opensag/protocol'
import { type Machines, realMachines } from './machines.ts'

/**
 * The protocol, each time with one of its rules broken. A simulator that does not catch one of these proves nothing.
 * They exist in tests only: the programs have no way to run them.
 */
export interface Mutant {
  readonly name: string
  readonly machines: Machines
  /** What it may break; the first violation has to be one of these. */
  readonly breaks: readonly string[]
  /** Fresh schedules hardly ever show it: it is caught near this entry of the corpus. */
  readonly corpus?: string
}

const { disk, store } = realMachines

function gateway(decide: typeof gatewayStep): Machines {
  return { ...realMachines, work: (state, input) => executorStep(state, input, decide) }
}

function change(step: typeof serverStep): Machines {
  return { ...realMachines, turns: (state, input) => turnsStep(state, input, step) }
}

function welcome(step: typeof welcomeStep): Machines {
  return { ...realMachines, welcome: step }
}

function swapFirstTwo(effects: readonly GatewayEffect[]): readonly GatewayEffect[] {
  const [first, second, ...rest] = effects
  return first === undefined || second === undefined ? effects : [second, first, ...rest]
}

const withoutRecord = (effects: readonly GatewayEffect[]): readonly GatewayEffect[] =>
  effects.filter((effect) => effect.do !== 'write-record')

function welcomeWithout(
  change: (state: WelcomeState, input: WelcomeInput) => WelcomeInput,
): (state: WelcomeState, input: WelcomeInput) => ReturnType<typeof welcomeStep> {
  return (state, input) => welcomeStep(state, change(state, input))
}

/** A gateway that holds another change gets its ticket all the same. */
function withoutRestore(isTaken: (state: WelcomeState, last: HeldChange) => boolean): typeof welcomeStep {
  return (state, input) => {
    const step = welcomeStep(state, input)
    const [effect] = step.effects
    if (effect?.do !== 'send-restore' || !isTaken(state, effect.change)) return step
    return { state: { is: 'ticketing', last: effect.change }, effects: [{ do: 'send-ticket' }] }
  }
}

function takesAnyRestore(...[facts, input]: Parameters<typeof gatewayStep>): ReturnType<typeof gatewayStep> {
  return gatewayStep(facts, input.is === 'restore' ? { ...input, ordered: true } : input)
}

type Found = (WelcomeState & { is: 'settling' })['found']

/** What is about to be compared. */
function foundBy(state: WelcomeState): Pick<Found, 'holds' | 'holdsGeneration' | 'generation'> | undefined {
  return state.is === 'settling'
    ? state.found
    : state.is === 'looking'
      ? { holds: undefined, holdsGeneration: undefined, ...state.reported }
      : undefined
}

/** Where it should adopt, it restores what it knows. */
function takesServerForNewer(isMistaken: (state: WelcomeState) => boolean): typeof welcomeStep {
  return (state, input) => {
    const step = welcomeStep(state, input)
    const [effect] = step.effects
    if (effect?.do !== 'adopt' || !isMistaken(state)) return step
    const { change, last } = effect
    if (last === undefined) return { state: { is: 'ticketing', last }, effects: [{ do: 'send-ticket' }] }
    return {
      state: { is: 'restoring', last },
      effects: [{ do: 'send-restore', change: last, over: change.changeId, ordered: false }],
    }
  }
}

/** Where it should restore, it adopts. */
function adoptsInsteadOfRestoring(
  isMistaken: (found: Pick<Found, 'generation'>, last: HeldChange) => boolean,
): typeof welcomeStep {
  return (state, input) => {
    const step = welcomeStep(state, input)
    const found = foundBy(state)
    const [effect] = step.effects
    if (effect?.do !== 'send-restore' || effect.ordered || effect.over === undefined) return step
    if (found === undefined || !isMistaken(found, effect.change)) return step
    const change = { changeId: effect.over, generation: found.holdsGeneration ?? found.generation }
    return { state: { is: 'adopting' }, effects: [{ do: 'adopt', change, last: effect.change }] }
  }
}

export const mutants: readonly Mutant[] = [
  {
    name: 'acknowledges before the write is synced',
    machines: { ...realMachines, disk: { ...disk, sync: false } },
    breaks: ['S1', 'S2'],
  },
  {
    name: 'relies on what a crash left readable and not durable',
    machines: { ...realMachines, disk: { ...disk, settle: false } },
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'writes in place, so that a power cut leaves half a file',
    machines: { ...realMachines, disk: { ...disk, atomic: false } },
    breaks: ['S2', 'S3'],
  },
  {
    name: 'decides for success when the deadline passes',
    machines: change((state: ServerState, input: ServerInput): ServerStep => {
      if (state.is !== 'waiting' || input.is !== 'deadline') return serverStep(state, input)
      return {
        state: { is: 'deciding', wanted: 'accepted' },
        effects: [{ do: 'decide', outcome: 'succeeded', offline: false }],
      }
    }),
    breaks: ['S1', 'S2', 'S6'],
  },
  {
    name: 'answers a success before the journal has it',
    machines: change((state, input) => {
      const step = serverStep(state, input)
      if (state.is !== 'waiting' || input.is !== 'ack') return step
      return { ...step, effects: [{ do: 'answer', outcome: 'accepted' }, ...step.effects] }
    }),
    breaks: ['S1'],
  },
  {
    name: 'forgets the old hash before the server has decided',
    machines: gateway((facts, input) =>
      gatewayStep(facts, input).map((effect) =>
        input.is === 'prepared' && effect.do === 'write-record'
          ? { ...effect, record: { ...effect.record, unsettled: null } }
          : effect,
      ),
    ),
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'writes the vault before the record',
    machines: gateway((facts, input) => {
      const effects = gatewayStep(facts, input)
      return input.is === 'prepared' ? swapFirstTwo(effects) : effects
    }),
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'forgets the change before its revert is in the vault',
    machines: gateway((facts, input) => {
      const effects = gatewayStep(facts, input)
      return input.is === 'settle' && input.verdict === 'revert' ? swapFirstTwo(effects) : effects
    }),
    breaks: ['S2', 'S3'],
  },
  {
    name: 'takes a set again as another change',
    machines: gateway((facts, input) => {
      const { unsettled } = facts.record
      if (input.is !== 'set' || unsettled?.changeId !== input.changeId) return gatewayStep(facts, input)
      return [{ do: 'prepare', changeId: input.changeId, generation: input.generation }]
    }),
    breaks: ['S2', 'S3'],
  },
  {
    name: 'takes a set of a lower generation',
    machines: gateway((facts, input) => {
      if (input.is !== 'set' || facts.record.unsettled !== null) return gatewayStep(facts, input)
      return [{ do: 'prepare', changeId: input.changeId, generation: input.generation }]
    }),
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'refuses a set and would still take it later',
    machines: gateway((facts, input) => {
      const effects = gatewayStep(facts, input)
      const isRefusal = effects.some((effect) => effect.do === 'send' && effect.message.kind === 'nack')
      return isRefusal && !effects.some((effect) => effect.do === 'write-vault') ? withoutRecord(effects) : effects
    }),
    breaks: ['S2', 'S3'],
  },
  {
    name: 'brings back what a person at the gateway has cleared',
    machines: gateway((facts, input) => {
      const { unsettled } = facts.record
      if (input.is !== 'settle' || unsettled === null) return gatewayStep(facts, input)
      return gatewayStep(
        { ...facts, record: { ...facts.record, unsettled: { ...unsettled, overruled: false } } },
        input,
      )
    }),
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'does not settle on reconnecting',
    machines: welcome(
      welcomeWithout((_, input) =>
        input.is === 'report' ? { ...input, password: { ...input.password, unsettled: undefined } } : input,
      ),
    ),
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'confirms without asking the journal',
    machines: welcome(
      welcomeWithout((_, input) => (input.is === 'looked' ? { ...input, outcome: 'succeeded' } : input)),
    ),
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'asks for no proof of which password a gateway holds',
    machines: welcome(withoutRestore(() => true)),
    breaks: ['S5'],
  },
  {
    name: 'takes a generation that is high enough for that proof',
    machines: welcome(
      withoutRestore((state, { generation }) => state.is === 'looking' && state.reported.generation >= generation),
    ),
    breaks: ['S5'],
  },
  {
    name: 'lets in a copy of a gateway that has been connected since',
    machines: { ...realMachines, admit: (row, claim) => realMachines.admit(row && { ...row, trusted: true }, claim) },
    breaks: ['S5'],
  },
  {
    name: 'knows only the newest ticket of a gateway, which may never have been confirmed',
    machines: {
      ...realMachines,
      admit: (row, claim) => realMachines.admit(row, { ...claim, ticketBefore: claim.ticket }),
    },
    breaks: ['S2'],
  },
  {
    name: 'obeys orders of a connection that has ended',
    machines: { ...realMachines, onlyCurrentOrders: false },
    breaks: ['S1', 'S2', 'S3'],
  },
  {
    name: 'lets whoever writes last decide in the journal',
    machines: {
      ...realMachines,
      store: {
        ...store,
        move: (given, changeId, outcome) => {
          given.journal.set(changeId, outcome)
          return { decided: outcome, moved: true }
        },
      },
    },
    breaks: ['S1', 'S2', 'S3', 'S5'],
  },
  {
    name: 'leaves a gateway online that was not heard to have given a change up',
    machines: {
      ...realMachines,
      turns: (state, input) => {
        const step = turnsStep(state, input)
        return {
          ...step,
          effects: step.effects.map((effect) => (effect.do === 'decide' ? { ...effect, offline: false } : effect)),
        }
      },
      request: (state, input) => {
        const step = requestStep(state, input)
        return {
          ...step,
          effects: step.effects.map((effect) => (effect.do === 'give-up' ? { ...effect, offline: false } : effect)),
        }
      },
    },
    breaks: ['S2'],
  },
  {
    name: 'answers a failure without having the journal say so',
    machines: {
      ...realMachines,
      request: (state, input) =>
        input.is === 'handed' && input.outcome === undefined
          ? { state: { is: 'answered' }, effects: [{ do: 'answer', outcome: 'unreachable' }] }
          : requestStep(state, input),
    },
    breaks: ['S2'],
  },
  {
    name: 'says that a change has lapsed which the gateway was told of',
    machines: {
      ...realMachines,
      turns: (state, input) =>
        input.is === 'change' && state.turn?.changeId === input.changeId && state.turn.change.is !== 'new'
          ? { state, effects: [{ do: 'answer-lapsed', changeId: input.changeId }] }
          : turnsStep(state, input),
    },
    breaks: ['S2'],
  },
  {
    name: 'connects without comparing again which change succeeded last',
    machines: { ...realMachines, store: { ...store, isStillLast: () => true } },
    breaks: ['S1', 'S5'],
    corpus: 'decision-between-look-and-connect',
  },
  {
    name: 'fails what nobody attends to and leaves the row of an older connection online',
    machines: {
      ...realMachines,
      store: { ...store, failUnattended: (given, node, attended) => store.failUnattended(given, node, attended, true) },
    },
    breaks: ['S2'],
    corpus: 'row-of-a-connection-whose-end-was-not-recorded',
  },
  {
    name: 'fails a change a gateway reports and leaves the gateway online',
    machines: {
      ...realMachines,
      store: { ...store, failReported: (given, changeId) => store.move(given, changeId, 'failed').decided },
    },
    breaks: ['S2'],
    corpus: 'row-of-a-dead-node',
  },
  {
    name: 'follows a server that was rolled back',
    machines: {
      ...welcome(takesServerForNewer(() => true)),
      work: (state, input) => executorStep(state, input, takesAnyRestore),
    },
    breaks: ['S6'],
  },
  {
    name: 'goes back to whatever a server restores',
    machines: gateway(takesAnyRestore),
    breaks: ['S6'],
    corpus: 'older-server-is-rolled-back',
  },
  {
    name: 'takes a server that was rolled back for a disk that was',
    machines: welcome(takesServerForNewer(() => true)),
    breaks: ['S2', 'S6'],
  },
  {
    name: 'takes it for that where the gateway is of an older version',
    machines: welcome(takesServerForNewer((state) => foundBy(state)?.holdsGeneration === undefined)),
    breaks: ['S1', 'S2', 'S6'],
  },
  {
    name: 'takes a disk that was rolled back for a server that was',
    machines: welcome(adoptsInsteadOfRestoring(() => true)),
    breaks: ['S1', 'S2', 'S5'],
  },
  {
    name: 'tells which was rolled back by the generations a gateway has used',
    machines: welcome(adoptsInsteadOfRestoring((found, last) => found.generation > last.generation)),
    breaks: ['S1', 'S2', 'S5'],
    corpus: 'order-is-forgotten-by-a-restore',
  },
  {
    name: 'adopts what the operator has taken back',
    machines: welcome(
      welcomeWithout((_, input) =>
        input.is === 'looked' && input.recorded === 'taken-back' ? { ...input, recorded: 'unknown' } : input,
      ),
    ),
    breaks: ['S1', 'S2'],
  },
  {
    name: 'leaves a gateway online whose password is taken back',
    machines: {
      ...realMachines,
      store: {
        ...store,
        takeBack: (given) => {
          const { node } = given.row
          const taken = store.takeBack(given)
          given.row = { ...given.row, node }
          return taken
        },
      },
    },
    breaks: ['S1', 'S2'],
    corpus: 'operator-takes-a-password-back',
  },
  {
    name: 'keeps no deposit of what it adopts',
    machines: {
      ...realMachines,
      store: {
        ...store,
        adopt: (given, keys, adopted, last) => store.adopt(given, keys, { ...adopted, hash: undefined }, last),
      },
    },
    breaks: ['S5'],
    corpus: 'disk-is-rolled-back-after-the-server',
  },
  {
    name: 'deposits the password of a change that may be taken back',
    machines: {
      ...realMachines,
      status: (facts, isOld) => {
        const told = realMachines.status(facts, isOld)
        return told.holdsGeneration === undefined ? told : { ...told, deposit: facts.vault ?? undefined }
      },
    },
    breaks: ['S6'],
    corpus: 'server-is-rolled-back-during-a-change',
  },
  {
    name: 'goes on below the floor that a restore has set',
    machines: { ...realMachines, store: { ...store, floorOf: () => 0 } },
    breaks: ['S6'],
    corpus: 'server-and-disk-are-rolled-back',
  },
  {
    name: 'forgets the generation of what a gateway holds',
    machines: gateway((facts, input) =>
      gatewayStep(facts, input).map((effect) =>
        effect.do === 'write-record' ? { ...effect, record: { ...effect.record, holdsGeneration: null } } : effect,
      ),
    ),
    breaks: ['S6'],
    corpus: 'older-server-is-rolled-back',
  },
]
