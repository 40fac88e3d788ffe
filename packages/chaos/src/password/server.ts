import type { Claim, TurnsEffect, TurnsInput, WelcomeEffect, WelcomeInput } from '@opensag/protocol'
import { newWelcome, noTurns } from '@opensag/protocol'
import { judgeReady, judgeSuccess } from './judge.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { Box, BusMessage, Connection, Link, Node, Up, World } from './world.ts'

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
  world.count?.('welcome', before.is, input.is, `${step.state.is} ${step.effect?.do ?? ''}`)
  connection.welcome = step.state
  connection.effect = step.effect
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
        const outcome = known ? machines.store.move(store, unsettled, 'failed').decided : undefined
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
        if (link.gatewayOpen) judgeReady(world, link.box, connection)
        machines.store.failAll(store)
        store.row = { ...store.row, ...tickets, node: node.name }
        connection.recorded = true
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

function receive(world: World, connection: Connection, message: Up): void {
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

function carryOutTurn(world: World, connection: Connection, effect: TurnsEffect): void {
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

export function nodeDies(world: World, node: Node): boolean {
  if (!node.up) return false
  node.up = false
  node.held = undefined
  for (const link of world.links) {
    if (link.node !== node) continue
    link.serverOpen = false
    link.connection.serving = false
    link.connection.effect = undefined
    link.connection.queue.length = 0
  }
  for (const call of world.calls) if (call.node === node) call.dead = true
  return true
}

/** It begins by cleaning up what it left, in one unit of work. */
export function nodeStarts(world: World, node: Node): boolean {
  if (node.up) return false
  const { store, machines } = world
  try {
    unitOfWork(store, () => {
      machines.store.failUnattended(store, node.name, [])
      if (store.row.node === node.name) machines.store.takeOffline(store)
    })
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    return true
  }
  node.up = true
  return true
}

/** What other nodes left behind. */
export function nodeSweeps(world: World, node: Node): boolean {
  if (!node.up) return false
  const { store, machines } = world
  const { held } = node
  if (held?.recorded && store.row.node !== node.name) endConnection(world, held, 'another node took it off line')
  const attending = node.held?.turns.turn?.changeId
  try {
    unitOfWork(store, () => {
      if (node.held === undefined && store.row.node === node.name) machines.store.takeOffline(store)
      machines.store.failUnattended(store, node.name, attending === undefined ? [] : [attending])
    })
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
  }
  return true
}
