import {
  type ByHand,
  type DrivenByHand,
  driveByHand,
  noTurns,
  type TurnsEffect,
  type TurnsInput,
  type TurnsState,
} from '@opensag/protocol'
import { endConnection, nameOf } from './connection-end.ts'
import { judgeSuccess } from './judge.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { BusMessage, Connection, Up, World } from './world.ts'

/** The changes of the gateway at the end of one connection. */
export function driveTurns(connection: Connection): DrivenByHand<TurnsState, TurnsInput> {
  const { machines, count } = connection.world
  return driveByHand(byHand, connection, {
    machine: { initial: noTurns, step: machines.turns },
    onStep:
      count &&
      ((from, input, to, effects) =>
        count(
          'turns',
          shown(from),
          input.is,
          `${shown(to)} ${[...new Set(effects.map((effect) => effect.do))].join(' ')}`,
        )),
  })
}

function shown({ is, turn }: TurnsState): string {
  return `${is} ${turn?.change.is ?? 'free'}`
}

export function receive(connection: Connection, message: Up): void {
  const { turns } = connection
  if (message.kind === 'report') turns.input({ is: 'raise', generation: message.password.generation })
  else if (message.kind === 'ack') {
    if (turns.state.turn?.changeId === message.changeId) connection.proof ??= message.hash
    turns.input({ is: 'ack', changeId: message.changeId })
  } else if (message.kind === 'nack') turns.input({ is: 'nack', changeId: message.changeId })
}

const byHand: ByHand<Connection, TurnsState, TurnsInput, TurnsEffect> = {
  urgent: (effect) => effect.do === 'answer-reserve' && typeof effect.reserved === 'string',
  failed(effect, error, connection) {
    if (!(error instanceof StoreFailed) || effect.do !== 'decide') throw error
    connection.world.log?.(nameOf(connection), `journal: ${error.message}`)
    return { is: 'undecided', changeId: effect.changeId }
  },
  ports: {
    'answer-reserve': ({ changeId, reserved }, { world }) =>
      void reply(world, changeId, (call) => ({ kind: 'reserved', to: call, turn: reserved })),
    'answer-lapsed': ({ changeId }, { world }) =>
      void reply(world, changeId, (call) => ({ kind: 'handed', to: call, outcome: 'lapsed' })),
    'answer-unknown': ({ changeId }, { world }) =>
      void reply(world, changeId, (call) => ({ kind: 'handed', to: call, outcome: undefined })),
    answer: ({ changeId, outcome }, { world }) =>
      void reply(world, changeId, (call) => ({ kind: 'handed', to: call, outcome })),
    'send-set'({ changeId, generation }, connection) {
      const { world, link, sealed } = connection
      if (!link.serverOpen || sealed === undefined) return
      world.log?.(nameOf(connection), `sends set ${changeId}`)
      connection.proof = undefined
      link.down.push({ kind: 'set', changeId, generation, sealed })
    },
    'send-confirm'({ changeId }, { link }) {
      if (link.serverOpen) link.down.push({ kind: 'settle', changeId, verdict: 'confirm' })
    },
    close: (_, connection) => void endConnection(connection.world, connection, 'a change was not proved'),
    decide({ changeId, generation, outcome, offline }, connection) {
      const { world, link, keys, proof } = connection
      const { store, machines } = world
      const decided = unitOfWork(store, () => {
        const move = machines.store.move(store, changeId, outcome)
        if (move.moved && outcome === 'succeeded') {
          judgeSuccess(world, { changeId, generation }, link.box)
          const held = { changeId, generation, keys, hash: proof ?? '' }
          store.row = { ...store.row, generation: Math.max(store.row.generation, generation), held }
        }
        if (move.moved && offline) machines.store.takeOffline(store)
        return move.decided
      })
      world.log?.(nameOf(connection), `journal: ${changeId} ${decided}`)
      return { is: 'journalled', changeId, outcome: decided }
    },
  },
}

function reply(world: World, changeId: string, message: (call: World['calls'][number]) => BusMessage): void {
  const call = world.calls.find((one) => one.changeId === changeId)
  if (call !== undefined && !call.dead) world.bus.push(message(call))
}
