import {
  type ByHand,
  driveByHand,
  newRequest,
  type RequestEffect,
  type RequestInput,
  type RequestState,
} from '@opensag/protocol'
import { judgeAnswer } from './judge.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { Call, Connection, Node, World } from './world.ts'

const mostCalls = 8

/** Somebody calls ModifySAGAdminPassword at this node. */
export function callBegins(world: World, node: Node): boolean {
  if (!node.up || world.calls.length >= mostCalls) return false
  const call = {
    world,
    changeId: `change ${world.calls.length + 1}`,
    node,
    choice: 0,
    waiting: undefined,
    outcome: undefined,
    heard: true,
    dead: false,
  } as unknown as Call
  const { machines, count } = world
  call.request = driveByHand(byHand, call, {
    machine: { initial: newRequest, step: machines.request },
    onStep:
      count &&
      ((from, input, to, [effect]) =>
        count('request', from.is, `${input.is} ${shown(input)}`, `${to.is} ${effect?.do ?? ''}`)),
  })
  world.calls.push(call)
  world.log?.(nameOf(call), 'a caller asks for it')
  callGoesOn(call, { is: 'begin' })
  return true
}

export function nameOf(call: Call): string {
  return `${call.changeId} at node ${call.node.name}`
}

/** It waits no longer: something was answered, or will not be. */
export function callGoesOn(call: Call, input: RequestInput): void {
  call.waiting = undefined
  call.request.input(input)
}

function shown(input: RequestInput): string {
  if (input.is === 'reserved') return typeof input.turn === 'number' ? 'turn' : (input.turn ?? 'nobody')
  return 'outcome' in input ? (input.outcome ?? 'unknown') : ''
}

/** One effect of a call; false when it waits or is over. */
export function callWorks(call: Call, choice: number): boolean {
  if (call.dead) return false
  call.choice = choice
  return call.request.next()
}

const byHand: ByHand<Call, RequestState, RequestInput, RequestEffect> = {
  /** As the server does: what it cannot have in the journal it does not answer. */
  failed({ do: failed }, error) {
    if (!(error instanceof StoreFailed)) throw error
    return failed === 'journal' ? { is: 'not-journalled' } : { is: 'undecided' }
  },
  ports: {
    reserve(_, call) {
      const { world } = call
      const holder = holderOf(world, call.choice)
      if (holder === undefined) return { is: 'reserved', turn: undefined }
      call.waiting = 'reserved'
      world.bus.push({ kind: 'reserve', to: holder, from: call })
      return undefined
    },
    journal(_, { world, changeId }) {
      unitOfWork(world.store, () => world.store.journal.set(changeId, 'requested'))
      return { is: 'journalled' }
    },
    hand({ generation }, call) {
      const { world, changeId } = call
      const holder = holderOf(world, call.choice)
      if (holder === undefined) return { is: 'handed', outcome: undefined }
      call.waiting = 'handed'
      world.bus.push({ kind: 'change', to: holder, from: call, sealed: { changeId, generation } })
      return undefined
    },
    'give-up': giveUp,
    'give-up-again': giveUp,
    answer({ outcome }, call) {
      const { world } = call
      call.outcome = outcome
      world.log?.(nameOf(call), `is answered: ${outcome}`)
      judgeAnswer(world, call, outcome)
    },
  },
}

function giveUp({ offline }: { readonly offline: boolean }, call: Call): RequestInput {
  const { world, changeId } = call
  const { store, machines } = world
  const move = unitOfWork(store, () => {
    const moved = machines.store.move(store, changeId, 'failed')
    if (moved.moved && offline) machines.store.takeOffline(store)
    return moved
  })
  world.log?.(nameOf(call), `gives up: ${move.decided}`)
  const holder = holderOf(world, 0)
  if (move.moved && offline && holder !== undefined) world.bus.push({ kind: 'step-down', to: holder, from: call })
  return { is: 'decided', outcome: move.decided }
}

/** Who says that it serves the gateway; where two do, chance decides whom the bus asks. */
function holderOf(world: World, choice: number): Connection | undefined {
  const first = world.nodes[choice & 1]?.held
  const second = world.nodes[1 - (choice & 1)]?.held
  return first?.serving ? first : second?.serving ? second : undefined
}
