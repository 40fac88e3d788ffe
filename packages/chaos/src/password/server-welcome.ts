import {
  type ByHand,
  type DrivenByHand,
  driveByHand,
  newWelcome,
  type WelcomeEffect,
  type WelcomeInput,
  type WelcomeState,
} from '@opensag/protocol'
import { endConnection, nameOf, storeFailed, ticketOf } from './connection-end.ts'
import { judgeAdoption, judgeReady } from './judge.ts'
import { unitOfWork } from './store.ts'
import type { Connection, World } from './world.ts'

/** A gateway that was admitted, until it counts as connected. */
export function driveWelcome(connection: Connection): DrivenByHand<WelcomeState, WelcomeInput> {
  const { machines, count } = connection.world
  return driveByHand(byHand, connection, {
    machine: { initial: newWelcome, step: machines.welcome },
    onStep:
      count && ((from, input, to, [effect]) => count('welcome', from.is, input.is, `${to.is} ${effect?.do ?? ''}`)),
  })
}

/** Something came for it. What was to be done meanwhile is void: a gateway that does not wait for it ends its connection. */
export function welcome({ welcome: driven }: Connection, input: WelcomeInput): void {
  driven.clear()
  driven.input(input)
}

/** No older connection of the gateway is served any more. */
export function replaced(world: World, connection: Connection): void {
  const { node } = connection
  if (!connection.link.serverOpen) return
  if (node.held !== undefined) endConnection(world, node.held, 'the gateway has connected anew')
  node.held = connection
  welcome(connection, { is: 'replaced' })
}

const byHand: ByHand<Connection, WelcomeState, WelcomeInput, WelcomeEffect> = {
  failed: (_, error, connection) => storeFailed(connection.world, connection, error),
  ports: {
    'replace-older'(_, connection) {
      const { world, node } = connection
      if (connection.isReplacing) {
        const holder = world.nodes.find((other) => other !== node)?.held
        if (holder !== undefined) {
          world.bus.push({ kind: 'step-down', to: holder, from: connection })
          return
        }
        connection.isReplacing = false
      }
      replaced(world, connection)
    },
    look({ unsettled, holds }, connection) {
      const { world } = connection
      const { store, machines } = world
      const look = (): Omit<WelcomeInput & { is: 'looked' }, 'is'> => {
        const known = unsettled !== undefined && store.journal.has(unsettled)
        const outcome = known ? machines.store.failReported(store, unsettled) : undefined
        const { last, hash } = machines.store.lastOf(store, connection.keys)
        connection.deposit = hash ?? ''
        // A server of an older version does not ask.
        const recorded = world.isServerOld ? 'known' : machines.store.recordedOf(store, connection.keys, holds)
        return { outcome, last, recorded }
      }
      const looked = unsettled === undefined ? look() : unitOfWork(store, look)
      world.log?.(
        nameOf(connection),
        `looks: ${unsettled ?? 'nothing'} unsettled ${looked.outcome ?? ''}, last ${looked.last?.changeId ?? 'none'}`,
      )
      return { is: 'looked', ...looked }
    },
    'send-settle'({ changeId, verdict }, { link }) {
      link.down.push({ kind: 'settle', changeId, verdict })
    },
    'send-restore'({ change: { changeId, generation }, over = null, ordered }, { link, deposit }) {
      link.down.push({ kind: 'restore', changeId, generation, hash: deposit, over, ordered })
    },
    adopt({ change, last }, connection) {
      const { world, keys, report, link } = connection
      const { store, machines } = world
      const hash = report?.deposit
      // Of which generation it is, an older program does not tell.
      if (report?.holdsGeneration !== undefined) judgeAdoption(world, change.changeId, last)
      // A person may have acted after the change; a later image need not know it.
      const isByHand = link.acts.some((act) => act.change === undefined && act.hash === hash)
      const done = unitOfWork(store, () => {
        const isDone = machines.store.adopt(store, keys, { ...change, hash }, last)
        // With the write, which may fail only after it happened.
        if (isDone && hash === undefined) world.withoutDeposit.add(change.changeId)
        if (isDone && isByHand) world.learntByHand.add(`${change.changeId}: ${hash}`)
        return isDone
      })
      world.log?.(nameOf(connection), `${done ? 'learns of' : 'does not learn of'} ${change.changeId}`)
      return { is: 'adopted', done, last: machines.store.lastOf(store, keys).last }
    },
    'send-ticket'(_, { link, ticket, before }) {
      link.down.push({ kind: 'ticket', ticket: ticketOf(ticket), before })
    },
    connect({ last }, connection) {
      const { world, node, link } = connection
      const { store, machines } = world
      connection.serving = true
      const newest = unitOfWork(store, () => {
        const tickets = machines.ticketsAfterStoring(store.row, ticketOf(connection.ticket))
        if (tickets === undefined || node.held !== connection) return false
        if (!machines.store.isStillLast(store, connection.keys, last?.changeId)) return false
        // Its disk may have been rolled back since it connected: the connection speaks of one that is no more.
        const isSameDisk = link.box.rollBacks === link.rollBacks
        if (isSameDisk) judgeReady(world, link.box, connection)
        machines.store.failAll(store)
        store.row = { ...store.row, ...tickets, node: node.name }
        connection.recorded = true
        world.shown = isSameDisk ? link.box : undefined
        world.confirmed = connection.ticket
        return true
      })
      return { is: 'connected', newest }
    },
    serve(_, connection) {
      const { world, link } = connection
      world.log?.(nameOf(connection), `${link.box.name} is ready`)
      const generation = Math.max(connection.generation, connection.report?.generation ?? 0, floorOf(world))
      connection.turns.input({ is: 'start', generation })
      link.down.push({ kind: 'ready' })
    },
    end: (_, connection) => void endConnection(connection.world, connection, 'it was not settled'),
  },
}

function floorOf({ isServerOld, machines, store }: World): number {
  return isServerOld ? 0 : machines.store.floorOf(store)
}
