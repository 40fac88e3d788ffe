import type { Claim, WelcomeEffect, WelcomeInput } from '@opensag/protocol'
import { newWelcome, noTurns } from '@opensag/protocol'
import { judgeReady } from './judge.ts'
import { carryOutTurn, receive, turns } from './server-turns.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { Box, Connection, Link, Node, Up, World } from './world.ts'

/** A server node's end of one connection: admission, welcome, turns. */
export function openLink(world: World, box: Box, node: Node, claim: Claim): Link {
  const connection = {
    node,
    welcome: newWelcome,
    effect: undefined,
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
    turns: noTurns,
    queue: [],
    sealed: undefined,
    proof: undefined,
  } as unknown as Connection
  const link: Link = {
    name: `link ${world.links.length === 0 ? 1 : Number((world.links.at(-1) as Link).name.slice(5)) + 1}`,
    box,
    node,
    up: [{ kind: 'prove', claim }],
    down: [],
    gatewayOpen: true,
    serverOpen: true,
    connection,
  }
  connection.link = link
  world.links.push(link)
  return link
}

/** Tickets are random and kept as hashes; here a number tells which came later. */
function ticketOf(number: number): string {
  return `ticket ${number}`
}

function numberOf(ticket: string | undefined): number {
  return ticket === undefined ? 0 : Number(ticket.slice(7))
}

export function serverReceives(world: World, link: Link, message: Up): void {
  const { connection } = link
  if (!link.serverOpen || !link.node.up) return
  world.log?.(nameOf(connection), `receives ${message.kind}${'changeId' in message ? ` ${message.changeId}` : ''}`)
  if (message.kind === 'prove') {
    if (connection.welcome.is === 'new') prove(world, connection, message.claim)
    return
  }
  if (connection.welcome.is === 'ready') {
    receive(world, connection, message)
    return
  }
  if (message.kind === 'report') {
    connection.report ??= message.password
    welcome(world, connection, { is: 'report', password: message.password })
  } else if (message.kind === 'settled' || message.kind === 'restored') {
    welcome(world, connection, { is: message.kind, changeId: message.changeId })
  } else if (message.kind === 'ticket-stored') {
    welcome(world, connection, { is: 'ticket-stored' })
  } else {
    endConnection(world, connection, 'something came that does not belong here')
  }
}

export function nameOf(connection: Connection): string {
  return `node ${connection.node.name}, ${connection.link.name}`
}

/** Rule and consequences in one unit of work. */
function prove(world: World, connection: Connection, claim: Claim): void {
  const { store, machines } = world
  const ticket = ++world.tickets
  attempt(world, connection, () => {
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
    welcome(world, connection, { is: 'admitted' })
  })
}

function welcome(world: World, connection: Connection, input: WelcomeInput): void {
  const before = connection.welcome
  const step = world.machines.welcome(before, input)
  world.count?.('welcome', before.is, input.is, `${step.state.is} ${step.effects[0]?.do ?? ''}`)
  connection.welcome = step.state
  connection.effect = step.effects[0]
}

/** One effect of a connection; false when it has nothing to do. */
export function connectionWorks(world: World, connection: Connection): boolean {
  if (connection.effect !== undefined && connection.link.serverOpen) {
    const { effect } = connection
    connection.effect = undefined
    attempt(world, connection, () => carryOutWelcome(world, connection, effect))
    return true
  }
  const next = connection.queue.shift()
  if (next === undefined) return false
  carryOutTurn(world, connection, next)
  return true
}

export function hasWork(connection: Connection): boolean {
  return connection.queue.length > 0 || (connection.effect !== undefined && connection.link.serverOpen)
}

function carryOutWelcome(world: World, connection: Connection, effect: WelcomeEffect): void {
  const { store, machines } = world
  const { node, link } = connection
  switch (effect.do) {
    case 'replace-older': {
      if (connection.isReplacing) {
        const holder = world.nodes.find((other) => other !== node)?.held
        if (holder !== undefined) {
          world.bus.push({ kind: 'step-down', to: holder, from: connection })
          return
        }
        connection.isReplacing = false
      }
      replaced(world, connection)
      return
    }
    case 'look': {
      const { unsettled } = effect
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
      welcome(world, connection, { is: 'looked', ...looked })
      return
    }
    case 'send-settle':
      link.down.push({ kind: 'settle', changeId: effect.changeId, verdict: effect.verdict })
      return
    case 'send-restore': {
      const { changeId, generation } = effect.change
      link.down.push({ kind: 'restore', changeId, generation, hash: connection.deposit, over: effect.over ?? null })
      return
    }
    case 'send-ticket':
      link.down.push({ kind: 'ticket', ticket: ticketOf(connection.ticket), before: connection.before })
      return
    case 'connect': {
      connection.serving = true
      const newest = unitOfWork(store, () => {
        const tickets = machines.ticketsAfterStoring(store.row, ticketOf(connection.ticket))
        if (tickets === undefined || node.held !== connection) return false
        if (!machines.store.isStillLast(store, connection.keys, effect.last?.changeId)) return false
        if (link.gatewayOpen) judgeReady(world, link.box, connection)
        machines.store.failAll(store)
        store.row = { ...store.row, ...tickets, node: node.name }
        connection.recorded = true
        world.shown = link.box
        world.confirmed = connection.ticket
        return true
      })
      welcome(world, connection, { is: 'connected', newest })
      return
    }
    case 'serve':
      world.log?.(nameOf(connection), `${link.box.name} is ready`)
      turns(world, connection, {
        is: 'start',
        generation: Math.max(connection.generation, connection.report?.generation ?? 0),
      })
      link.down.push({ kind: 'ready' })
      return
    case 'end':
      endConnection(world, connection, 'it was not settled')
  }
}

export function replaced(world: World, connection: Connection): void {
  const { node } = connection
  if (!connection.link.serverOpen) return
  if (node.held !== undefined) endConnection(world, node.held, 'the gateway has connected anew')
  node.held = connection
  welcome(world, connection, { is: 'replaced' })
}

export function endConnection(world: World, connection: Connection, why: string): void {
  const { link, node } = connection
  if (!link.serverOpen) return
  world.log?.(nameOf(connection), `ends: ${why}`)
  link.serverOpen = false
  connection.serving = false
  connection.effect = undefined
  turns(world, connection, { is: 'end' })
  if (connection.recorded && world.store.row.node === node.name) {
    try {
      unitOfWork(world.store, () => world.machines.store.takeOffline(world.store))
    } catch (error) {
      if (!(error instanceof StoreFailed)) throw error
    }
  }
  if (node.held === connection) node.held = undefined
}

/** The store failing is the end of the connection, never of the node. */
function attempt(world: World, connection: Connection, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    endConnection(world, connection, error.message)
  }
}
