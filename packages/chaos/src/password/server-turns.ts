import type { TurnsEffect, TurnsInput } from '@opensag/protocol'
import { judgeSuccess } from './judge.ts'
import { endConnection, nameOf } from './server.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { BusMessage, Connection, Up, World } from './world.ts'

/** The changes of the gateway at the end of one connection. */

export function receive(world: World, connection: Connection, message: Up): void {
  if (message.kind === 'report') turns(world, connection, { is: 'raise', generation: message.password.generation })
  else if (message.kind === 'ack') {
    if (connection.turns.turn?.changeId === message.changeId) connection.proof ??= message.hash
    turns(world, connection, { is: 'ack', changeId: message.changeId })
  } else if (message.kind === 'nack') turns(world, connection, { is: 'nack', changeId: message.changeId })
}

export function turns(world: World, connection: Connection, input: TurnsInput): void {
  const before = connection.turns
  const step = world.machines.turns(before, input)
  if (world.count !== undefined) {
    const shown = (state: typeof before): string => `${state.is} ${state.turn?.change.is ?? 'free'}`
    world.count(
      'turns',
      shown(before),
      input.is,
      `${shown(step.state)} ${[...new Set(step.effects.map((effect) => effect.do))].join(' ')}`,
    )
  }
  connection.turns = step.state
  for (const effect of step.effects) {
    if (effect.do === 'answer-reserve' && typeof effect.reserved === 'string') carryOutTurn(world, connection, effect)
    else connection.queue.push(effect)
  }
}

export function carryOutTurn(world: World, connection: Connection, effect: TurnsEffect): void {
  const { link } = connection
  switch (effect.do) {
    case 'answer-reserve':
      reply(world, effect.changeId, (call) => ({ kind: 'reserved', to: call, turn: effect.reserved }))
      return
    case 'answer-lapsed':
      reply(world, effect.changeId, (call) => ({ kind: 'handed', to: call, outcome: 'lapsed' }))
      return
    case 'answer-unknown':
      reply(world, effect.changeId, (call) => ({ kind: 'handed', to: call, outcome: undefined }))
      return
    case 'answer':
      reply(world, effect.changeId, (call) => ({ kind: 'handed', to: call, outcome: effect.outcome }))
      return
    case 'send-set': {
      const { changeId, generation } = effect
      if (!link.serverOpen || connection.sealed === undefined) return
      world.log?.(nameOf(connection), `sends set ${changeId}`)
      connection.proof = undefined
      link.down.push({ kind: 'set', changeId, generation, sealed: connection.sealed })
      return
    }
    case 'send-confirm':
      if (link.serverOpen) link.down.push({ kind: 'settle', changeId: effect.changeId, verdict: 'confirm' })
      return
    case 'close':
      endConnection(world, connection, 'a change was not proved')
      return
    case 'decide':
      decide(world, connection, effect)
  }
}

function decide(world: World, connection: Connection, effect: TurnsEffect & { do: 'decide' }): void {
  const { store, machines } = world
  const { changeId, generation, outcome, offline } = effect
  try {
    const decided = unitOfWork(store, () => {
      const move = machines.store.move(store, changeId, outcome)
      if (move.moved && outcome === 'succeeded') {
        judgeSuccess(world, changeId, connection.link.box)
        const held = { changeId, generation, keys: connection.keys, hash: connection.proof ?? '' }
        store.row = { ...store.row, generation, held }
      }
      if (move.moved && offline) machines.store.takeOffline(store)
      return move.decided
    })
    world.log?.(nameOf(connection), `journal: ${changeId} ${decided}`)
    turns(world, connection, { is: 'journalled', changeId, outcome: decided })
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    world.log?.(nameOf(connection), `journal: ${error.message}`)
    turns(world, connection, { is: 'undecided', changeId })
  }
}

function reply(world: World, changeId: string, message: (call: World['calls'][number]) => BusMessage): void {
  const call = world.calls.find((one) => one.changeId === changeId)
  if (call !== undefined && !call.dead) world.bus.push(message(call))
}
