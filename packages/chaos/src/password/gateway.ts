import { type Claim, type ExecutorEffect, type ExecutorInput, type GatewayFacts, idle } from '@opensag/protocol'
import { cutPower, settle } from '../disk-file.ts'
import { markDurable, read, storeTicket, takeFault, tear, write } from './gateway-disk.ts'
import { gatewayLosesLink, send, work } from './gateway-steps.ts'
import { hashOf } from './hash.ts'
import { emptyMemory } from './new-world.ts'
import { openLink } from './server.ts'
import type { Box, Down, Link, Node, World } from './world.ts'

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
        // A program of an older version knows nothing of orders, and takes everything.
        ordered: message.ordered || box.isOld,
      })
  }
}

function order(world: World, box: Box, link: Link, given: (ExecutorInput & { is: 'order' })['order']): void {
  box.orderLink = link
  work(world, box, { is: 'order', order: given, known: knownFacts(box) })
}

/** Undefined: it has to be read. The vault is read anew each time, as other programs may write it. */
function knownFacts(box: Box): GatewayFacts | undefined {
  if (box.known === undefined || box.vault.visible === 'torn') return undefined
  return { record: box.known, vault: box.vault.visible }
}

function carryOut(world: World, box: Box, effect: ExecutorEffect): void {
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
      if (box.orderLink !== undefined) {
        box.orderLink.acts = box.acts
        send(world, box, { kind: 'report', password: world.machines.status(effect.facts, box.isOld) })
      }
      work(world, box, { is: 'done' })
      return
    }
    case 'refuse-restore':
      world.log?.(box.name, `refuses to go back to ${effect.changeId}`)
      box.work = idle
      box.effect = undefined
      gatewayLosesLink(world, box)
      return
    case 'give-up':
      box.work = idle
      box.effect = undefined
      gatewayLosesLink(world, box)
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
