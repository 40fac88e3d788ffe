import { newRequest, type RequestEffect, type RequestInput } from '@opensag/protocol'
import { judgeAnswer } from './judge.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { Call, Connection, Node, World } from './world.ts'

const mostCalls = 8

/** Somebody calls ModifySAGAdminPassword at this node. */
export function callBegins(world: World, node: Node): boolean {
  if (!node.up || world.calls.length >= mostCalls) return false
  const call: Call = {
    changeId: `change ${world.calls.length + 1}`,
    node,
    state: newRequest,
    effect: undefined,
    waiting: undefined,
    outcome: undefined,
    heard: true,
    dead: false,
  }
  world.calls.push(call)
  world.log?.(nameOf(call), 'a caller asks for it')
  callGoesOn(world, call, { is: 'begin' })
  return true
}

export function nameOf(call: Call): string {
  return `${call.changeId} at node ${call.node.name}`
}

export function callGoesOn(world: World, call: Call, input: RequestInput): void {
  const before = call.state
  const step = world.machines.request(before, input)
  world.count?.('request', before.is, `${input.is} ${shown(input)}`, `${step.state.is} ${step.effects[0]?.do ?? ''}`)
  call.state = step.state
  call.effect = step.effects[0]
  call.waiting = undefined
}

function shown(input: RequestInput): string {
  if (input.is === 'reserved') return typeof input.turn === 'number' ? 'turn' : (input.turn ?? 'nobody')
  return 'outcome' in input ? (input.outcome ?? 'unknown') : ''
}

/** One effect of a call; false when it waits or is over. */
export function callWorks(world: World, call: Call, choice: number): boolean {
  const { effect } = call
  if (call.dead || effect === undefined) return false
  call.effect = undefined
  carryOut(world, call, effect, choice)
  return true
}

function carryOut(world: World, call: Call, effect: RequestEffect, choice: number): void {
  const { store } = world
  switch (effect.do) {
    case 'reserve': {
      const holder = holderOf(world, choice)
      if (holder === undefined) {
        callGoesOn(world, call, { is: 'reserved', turn: undefined })
        return
      }
      call.waiting = 'reserved'
      world.bus.push({ kind: 'reserve', to: holder, from: call })
      return
    }
    case 'journal':
      try {
        unitOfWork(store, () => store.journal.set(call.changeId, 'requested'))
        callGoesOn(world, call, { is: 'journalled' })
      } catch (error) {
        if (!(error instanceof StoreFailed)) throw error
        callGoesOn(world, call, { is: 'not-journalled' })
      }
      return
    case 'hand': {
      const holder = holderOf(world, choice)
      if (holder === undefined) {
        callGoesOn(world, call, { is: 'handed', outcome: undefined })
        return
      }
      call.waiting = 'handed'
      const sealed = { changeId: call.changeId, generation: effect.generation }
      world.bus.push({ kind: 'change', to: holder, from: call, sealed })
      return
    }
    case 'give-up':
    case 'give-up-again':
      giveUp(world, call, effect.offline)
      return
    case 'answer':
      call.outcome = effect.outcome
      world.log?.(nameOf(call), `is answered: ${effect.outcome}`)
      judgeAnswer(world, call, effect.outcome)
  }
}

function giveUp(world: World, call: Call, offline: boolean): void {
  const { store, machines } = world
  try {
    const move = unitOfWork(store, () => {
      const moved = machines.store.move(store, call.changeId, 'failed')
      if (moved.moved && offline) machines.store.takeOffline(store)
      return moved
    })
    world.log?.(nameOf(call), `gives up: ${move.decided}`)
    const holder = holderOf(world, 0)
    if (move.moved && offline && holder !== undefined) world.bus.push({ kind: 'step-down', to: holder, from: call })
    callGoesOn(world, call, { is: 'decided', outcome: move.decided })
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    callGoesOn(world, call, { is: 'undecided' })
  }
}

/** Who says that it serves the gateway; where two do, chance decides whom the bus asks. */
function holderOf(world: World, choice: number): Connection | undefined {
  const first = world.nodes[choice & 1]?.held
  const second = world.nodes[1 - (choice & 1)]?.held
  return first?.serving ? first : second?.serving ? second : undefined
}
