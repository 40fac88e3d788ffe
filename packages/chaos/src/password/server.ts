import type { Claim } from '@opensag/protocol'
import { endConnection, nameOf, storeFailed, ticketOf } from './connection-end.ts'
import { driveTurns, receive } from './server-turns.ts'
import { driveWelcome, welcome } from './server-welcome.ts'
import { unitOfWork } from './store.ts'
import type { Box, Connection, Link, Node, Up, World } from './world.ts'

/** A server node's end of one connection: admission, welcome, turns. */
export function openLink(world: World, box: Box, node: Node, claim: Claim): Link {
  const connection = {
    world,
    node,
    isReplacing: false,
    ticket: 0,
    presented: 0,
    before: undefined,
    keys: '',
    generation: 0,
    report: undefined,
    deposit: '',
    serving: false,
    recorded: false,
    sealed: undefined,
    proof: undefined,
  } as unknown as Connection
  const link: Link = {
    name: `link ${world.links.length === 0 ? 1 : Number((world.links.at(-1) as Link).name.slice(5)) + 1}`,
    box,
    node,
    isServerOld: world.isServerOld,
    rollBacks: box.rollBacks,
    acts: box.acts,
    up: [{ kind: 'prove', claim }],
    down: [],
    gatewayOpen: true,
    serverOpen: true,
    connection,
  }
  connection.link = link
  connection.welcome = driveWelcome(connection)
  connection.turns = driveTurns(connection)
  world.links.push(link)
  return link
}

function numberOf(ticket: string | undefined): number {
  return ticket === undefined ? 0 : Number(ticket.slice(7))
}

export function serverReceives(world: World, link: Link, message: Up): void {
  const { connection } = link
  if (!link.serverOpen || !link.node.up) return
  world.log?.(nameOf(connection), `receives ${message.kind}${'changeId' in message ? ` ${message.changeId}` : ''}`)
  if (message.kind === 'prove') {
    if (connection.welcome.state.is === 'new') prove(world, connection, message.claim)
    return
  }
  if (connection.welcome.state.is === 'ready') {
    receive(connection, message)
    return
  }
  if (message.kind === 'report') {
    const { generation, unsettled, holds } = message.password
    const password = world.isServerOld ? { generation, unsettled, holds } : message.password
    connection.report ??= password
    welcome(connection, { is: 'report', password })
  } else if (message.kind === 'settled' || message.kind === 'restored') {
    welcome(connection, { is: message.kind, changeId: message.changeId })
  } else if (message.kind === 'ticket-stored') {
    welcome(connection, { is: 'ticket-stored' })
  } else {
    endConnection(world, connection, 'something came that does not belong here')
  }
}

/** Rule and consequences in one unit of work. */
function prove(world: World, connection: Connection, claim: Claim): void {
  const { store, machines } = world
  const ticket = ++world.tickets
  try {
    unitOfWork(store, () => {
      const { row } = store
      const knowsEnrolmentKey = claim.knowsEnrolmentKey && connection.link.box.enrolmentKey === row.enrolmentKey
      const admission = machines.admit(row, { ...claim, knowsEnrolmentKey })
      world.count?.(
        'admission',
        row.signKey === undefined ? 'delivered' : row.trusted ? 'trusted' : 'enrolled',
        claim.mode,
        admission.is === 'refused' ? admission.code : 'admitted',
      )
      if (admission.is === 'refused') {
        world.log?.(nameOf(connection), `refuses ${connection.link.box.name}: ${admission.code}`)
        connection.link.down.push({ kind: 'refuse', code: admission.code })
        connection.link.serverOpen = false
        return
      }
      const keys = admission.enrols ? { signKey: claim.signKey, sealKey: claim.sealKey } : {}
      store.row = { ...row, ...keys, trusted: false, ...machines.ticketsAfterAdmission(admission, ticketOf(ticket)) }
      connection.generation = row.generation
      connection.before = admission.confirmed
      connection.presented = numberOf(admission.confirmed)
      // The operator's word, or a new beginning: what this one brings counts from here on.
      if (row.trusted || admission.enrols) world.confirmed = connection.presented
      connection.isReplacing = row.node !== undefined && row.node !== connection.node.name
    })
    if (!connection.link.serverOpen) return
    connection.ticket = ticket
    connection.keys = claim.sealKey
    connection.link.down.push({ kind: 'welcome' })
    welcome(connection, { is: 'admitted' })
  } catch (error) {
    storeFailed(world, connection, error)
  }
}

/** One effect of a connection; false when it has nothing to do. */
export function connectionWorks({ welcome: welcoming, turns, link }: Connection): boolean {
  return (link.serverOpen && welcoming.next()) || turns.next()
}

export function hasWork({ welcome: welcoming, turns, link }: Connection): boolean {
  return turns.waiting > 0 || (welcoming.waiting > 0 && link.serverOpen)
}
