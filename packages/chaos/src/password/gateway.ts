import { type Claim, type GatewayFacts, idle, type WorkEffect, type WorkInput } from '@opensag/protocol'
import { cutPower, settle } from '../disk-file.ts'
import { openLink } from './server.ts'
import {
  type Act,
  type Box,
  type Down,
  emptyMemory,
  type Link,
  type Node,
  type TicketFile,
  type Up,
  type World,
} from './world.ts'

/** A gateway's program: carries out what its machine says, one step of the disk or of the network at a time. */
export function gatewayWorks(world: World, box: Box): boolean {
  if (!box.up) return false
  if (box.effect !== undefined) {
    carryOut(world, box, box.effect)
    return true
  }
  if (box.storing !== undefined) {
    storeTicket(world, box, box.storing)
    return true
  }
  const order = box.local.shift()
  if (order !== undefined) {
    world.log?.(box.name, `takes up: ${order.is}`)
    // A report goes out on the connection it finds; it waits its turn like everything else.
    box.orderLink = order.is === 'report' && box.online ? box.link : undefined
    work(world, box, { is: 'order', order, known: knownFacts(box) })
    return true
  }
  const next = box.inbox.shift()
  if (next === undefined) return false
  obey(world, box, next.link, next.message)
  return true
}

/** It dials a node and proves who it is. */
export function gatewayConnects(world: World, box: Box, node: Node): boolean {
  if (!box.up || !node.up || box.link !== undefined || isBusy(box)) return false
  if (!box.ticketSettled) {
    if (box.ticket.visible === 'torn') return false
    if (world.machines.disk.settle) {
      if (takeFault(box) !== 'none') return true
      settle(box.ticket)
    }
    box.ticketSettled = true
  }
  const enrols = !box.pinned || box.enrolAnew
  const claim: Claim = {
    mode: enrols ? 'enrol' : 'resume',
    signKey: box.keys,
    sealKey: box.keys,
    signed: true,
    // Whether it does is seen when it is decided: the key may be replaced meanwhile.
    knowsEnrolmentKey: enrols,
    ticket: box.ticket.visible === 'torn' ? undefined : box.ticket.visible.ticket,
    ticketBefore: box.ticket.visible === 'torn' ? undefined : box.ticket.visible.before,
  }
  box.link = openLink(world, box, node, claim)
  world.log?.(box.name, `dials node ${node.name}: ${box.link.name}, with ${claim.ticket ?? 'no ticket'}`)
  return true
}

export function isBusy(box: Box): boolean {
  return box.effect !== undefined || box.storing !== undefined || box.work.is !== 'idle'
}

/** What it has received and not looked at is void with its connection; an order under way runs to its end. */
export function gatewayLosesLink(world: World, box: Box): boolean {
  if (box.link === undefined) return false
  world.log?.(box.name, `${box.link.name} has ended on this side`)
  box.link.gatewayOpen = false
  box.link = undefined
  box.online = false
  if (world.machines.onlyCurrentOrders) box.inbox = []
  return true
}

export function gatewayDies(world: World, box: Box): boolean {
  if (!box.up) return false
  gatewayLosesLink(world, box)
  if (!world.machines.disk.atomic && box.effect !== undefined && box.renamed) tear(box, box.effect)
  box.up = false
  Object.assign(box, emptyMemory())
  return true
}

/** `survives`: one bit per file, whether what was not synced is there afterwards. */
export function gatewayLosesPower(world: World, box: Box, survives: number): boolean {
  if (!box.up) return false
  gatewayDies(world, box)
  box.fault = 'none'
  const vault = box.vault.visible
  cutPower(box.record, (survives & 1) !== 0)
  cutPower(box.vault, (survives & 2) !== 0)
  cutPower(box.ticket, (survives & 4) !== 0)
  const isKept = box.vault.visible === vault
  if (!isKept) box.acts = box.acts.filter((act) => act.durable)
  else markDurable(box)
  return true
}

export function gatewayStarts(world: World, box: Box): boolean {
  if (box.up) return false
  box.up = true
  // It begins by looking at its disk, as the program does before anything else.
  work(world, box, { is: 'order', order: { is: 'report' }, known: undefined })
  return true
}

function obey(world: World, box: Box, link: Link, message: Down): void {
  world.log?.(box.name, `reads ${message.kind}${'changeId' in message ? ` ${message.changeId}` : ''}`)
  switch (message.kind) {
    case 'welcome':
      box.pinned = true
      box.orderLink = link
      work(world, box, { is: 'order', order: { is: 'report' }, known: knownFacts(box) })
      return
    case 'refuse':
      box.enrolAnew = message.code === 'NotAdmitted' && !box.enrolAnew
      gatewayLosesLink(world, box)
      return
    case 'ready':
      box.enrolAnew = false
      box.online = link === box.link
      return
    case 'ticket':
      box.storing = { ticket: message.ticket, before: message.before }
      box.orderLink = link
      return
    case 'set':
      box.sealedFor = message.sealed
      order(world, box, link, { is: 'set', changeId: message.changeId, generation: message.generation })
      return
    case 'settle':
      order(world, box, link, { is: 'settle', changeId: message.changeId, verdict: message.verdict })
      return
    case 'restore':
      order(world, box, link, {
        is: 'restore',
        changeId: message.changeId,
        generation: message.generation,
        hash: message.hash,
        over: message.over,
      })
  }
}

function order(world: World, box: Box, link: Link, given: (WorkInput & { is: 'order' })['order']): void {
  box.orderLink = link
  work(world, box, { is: 'order', order: given, known: knownFacts(box) })
}

function work(world: World, box: Box, input: WorkInput): void {
  const before = box.work
  const step = world.machines.work(before, input)
  world.count?.(
    'work',
    nameOf(before),
    input.is === 'order' ? `order ${input.order.is}` : input.is,
    `${nameOf(step.state)} ${step.effect?.do ?? ''}`,
  )
  box.work = step.state
  box.effect = step.effect
  box.renamed = false
}

function nameOf(state: Box['work']): string {
  return state.is === 'working' ? `working ${state.order.is} ${state.stage}` : state.is
}

/** Undefined: it has to be read. The vault is read anew each time, as other programs may write it. */
function knownFacts(box: Box): GatewayFacts | undefined {
  if (box.known === undefined || box.vault.visible === 'torn') return undefined
  return { record: box.known, vault: box.vault.visible }
}

function carryOut(world: World, box: Box, effect: WorkEffect): void {
  switch (effect.do) {
    case 'read':
      read(world, box)
      return
    case 'write-record':
    case 'write-vault':
      write(world, box, effect)
      return
    case 'prepare':
      prepare(world, box, effect)
      return
    case 'end-sessions':
      work(world, box, { is: 'done' })
      return
    case 'acknowledge':
      send(world, box, { kind: 'ack', changeId: effect.changeId, hash: effect.hash })
      work(world, box, { is: 'done' })
      return
    case 'send':
      send(world, box, effect.message)
      work(world, box, { is: 'done' })
      return
    case 'tell': {
      const { generation, unsettled, holds } = effect.facts.record
      if (box.orderLink !== undefined) {
        const password = { generation, unsettled: unsettled?.changeId, holds: holds ?? undefined }
        send(world, box, { kind: 'report', password })
      }
      work(world, box, { is: 'done' })
      return
    }
    case 'give-up':
      box.work = idle
      box.effect = undefined
      gatewayLosesLink(world, box)
  }
}

function read(world: World, box: Box): void {
  const fault = world.machines.disk.settle ? takeFault(box) : 'none'
  if (box.record.visible === 'torn' || box.vault.visible === 'torn' || fault !== 'none') {
    world.log?.(box.name, 'cannot read or settle its disk')
    if (fault === 'unsynced') settle(box.record)
    box.work = idle
    box.effect = undefined
    gatewayLosesLink(world, box)
    return
  }
  if (world.machines.disk.settle) {
    settle(box.record)
    settle(box.vault)
    markDurable(box)
  }
  box.known = box.record.visible
  world.log?.(box.name, `reads its disk: ${shownDisk(box)}`)
  work(world, box, { is: 'read', facts: { record: box.known, vault: box.vault.visible } })
}

/** First the rename, then the sync; each is an instant of its own. */
function write(world: World, box: Box, effect: WorkEffect & { do: 'write-record' | 'write-vault' }): void {
  if (!box.renamed) {
    box.known = undefined
    const fault = takeFault(box)
    if (fault === 'full') {
      world.log?.(box.name, `${effect.do}: the disk is full`)
      work(world, box, { is: 'write-failed' })
      return
    }
    if (effect.do === 'write-record') box.record.visible = effect.record
    else {
      box.vault.visible = effect.hash
      remember(box, effect.hash)
    }
    world.log?.(box.name, `${effect.do}: ${shownDisk(box)}, not durable yet`)
    if (fault === 'unsynced') {
      world.log?.(box.name, `${effect.do}: the sync fails`)
      work(world, box, { is: 'write-failed' })
      return
    }
    box.renamed = true
    if (world.machines.disk.sync) return
  } else {
    if (effect.do === 'write-record') settle(box.record)
    else {
      settle(box.vault)
      markDurable(box)
    }
    world.log?.(box.name, `${effect.do}: durable`)
  }
  const { work: working } = box
  const record = box.record.visible
  box.known = effect.do === 'write-record' ? effect.record : record === 'torn' ? undefined : record
  if (working.is === 'working') work(world, box, { is: 'done' })
}

/** The judge's memory of what was done at the vault. Undoing a change is no act of its own. */
function remember(box: Box, hash: string | null): void {
  const { work: working } = box
  if (working.is !== 'working') return
  const { order: given, stage } = working
  let act: Act | undefined
  if (stage === 'apply' && given.is === 'set')
    act = { hash, change: given.changeId, durable: false, late: box.tampered }
  else if (given.is === 'restore' && stage === 'order')
    act = { hash, change: given.changeId, durable: false, late: box.tampered }
  else if (stage === 'repair' || given.is === 'reset' || given.is === 'first')
    act = { hash, change: undefined, durable: false, late: box.tampered }
  if (act !== undefined) box.acts = [...box.acts, act]
}

function markDurable(box: Box): void {
  if (box.acts.every((act) => act.durable)) return
  box.acts = box.acts.map((act) => (act.durable ? act : { ...act, durable: true }))
}

function tear(box: Box, effect: WorkEffect): void {
  if (effect.do === 'write-record') {
    box.record.visible = 'torn'
    box.record.durable = 'torn'
  } else if (effect.do === 'write-vault') {
    box.vault.visible = 'torn'
    box.vault.durable = 'torn'
  }
}

function prepare(world: World, box: Box, change: { readonly changeId: string; readonly generation: number }): void {
  const current = box.orderLink !== undefined && box.orderLink === box.link
  const sealed = box.sealedFor
  const isRight = sealed?.changeId === change.changeId && sealed.generation === change.generation
  const obeyed = current || !world.machines.onlyCurrentOrders
  world.log?.(
    box.name,
    isRight ? `hashes the password of ${change.changeId}` : 'was sent a password that does not open',
  )
  work(
    world,
    box,
    isRight
      ? { is: 'prepared', hash: hashOf(change.changeId), current: obeyed }
      : { is: 'unprepared', why: 'unusable', current: obeyed },
  )
}

export function hashOf(changeId: string): string {
  return `hash of ${changeId}`
}

function storeTicket(world: World, box: Box, ticket: TicketFile): void {
  if (!box.renamed) {
    box.ticketSettled = false
    const fault = takeFault(box)
    if (fault !== 'full') box.ticket.visible = ticket
    if (fault !== 'none') {
      world.log?.(box.name, 'cannot store its ticket')
      box.storing = undefined
      gatewayLosesLink(world, box)
      return
    }
    box.renamed = true
    return
  }
  settle(box.ticket)
  box.renamed = false
  box.ticketSettled = true
  box.storing = undefined
  world.log?.(box.name, `has stored ${ticket.ticket}`)
  send(world, box, { kind: 'ticket-stored' })
}

/** Nothing goes out on a connection that is not its own any more. */
function send(world: World, box: Box, message: Up): void {
  const link = box.orderLink
  if (link === undefined || link !== box.link) return
  world.log?.(box.name, `sends ${message.kind}${'changeId' in message ? ` ${message.changeId}` : ''}`)
  link.up.push(message)
}

function takeFault(box: Box): Box['fault'] {
  const { fault } = box
  box.fault = 'none'
  return fault
}

export function shownDisk(box: Box): string {
  const record = box.record.visible
  const vault = box.vault.visible ?? 'no password'
  if (record === 'torn') return `vault ${vault}, record torn`
  const { unsettled } = record
  const open =
    unsettled === null ? 'settled' : `unsettled ${unsettled.changeId}${unsettled.overruled ? ' (overruled)' : ''}`
  return `vault ${vault}, record ${record.generation} ${open}, holds ${record.holds ?? 'none'}`
}
