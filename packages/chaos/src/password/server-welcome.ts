import {
  type ByHand,
  type DrivenByHand,
  driveByHand,
  newWelcome,
  type WelcomeEffect,
  type WelcomeInput,
  type WelcomeState,
} from '@opensag/protocol'
import { judgeReady } from './judge.ts'
import { endConnection, nameOf, storeFailed, ticketOf } from './server.ts'
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
    look({ unsettled }, connection) {
      const { world } = connection
      const { store, machines } = world
      const look = (): Omit<WelcomeInput & { is: 'looked' }, 'is'> => {
        const known = unsettled !== undefined && store.journal.has(unsettled)
        const outcome = known ? machines.store.failReported(store, unsettled) : undefined
        const { held } = store.row
        if (held === undefined || held.keys !== connection.keys) return { outcome, last: undefined }
        connection.deposit = held.hash
        return { outcome, last: { changeId: held.changeId, generation: held.generation } }
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
    'send-restore'({ change: { changeId, generation }, over = null }, { link, deposit }) {
      link.down.push({ kind: 'restore', changeId, generation, hash: deposit, over })
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
        if (link.gatewayOpen) judgeReady(world, link.box, connection)
        machines.store.failAll(store)
        store.row = { ...store.row, ...tickets, node: node.name }
        connection.recorded = true
        world.shown = link.box
        world.confirmed = connection.ticket
        return true
      })
      return { is: 'connected', newest }
    },
    serve(_, connection) {
      const { world, link } = connection
      world.log?.(nameOf(connection), `${link.box.name} is ready`)
      const generation = Math.max(connection.generation, connection.report?.generation ?? 0)
      connection.turns.input({ is: 'start', generation })
      link.down.push({ kind: 'ready' })
    },
    end: (_, connection) => void endConnection(connection.world, connection, 'it was not settled'),
  },
}
