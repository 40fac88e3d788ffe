import { type ExecutorEffect, idle, type PasswordRecord } from '@opensag/protocol'
import { settle } from '../disk-file.ts'
import { gatewayLosesLink, send, work } from './gateway-steps.ts'
import { judgeRestore } from './judge.ts'
import { changeOnDisk } from './new-world.ts'
import type { Act, Box, TicketFile, World } from './world.ts'

/** A gateway and its disk: what is visible at once is durable an instant later, or never. */

export function read(world: World, box: Box): void {
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
    markSettled(box)
  }
  box.known = box.record.visible
  world.log?.(box.name, `reads its disk: ${shownDisk(box)}`)
  work(world, box, { is: 'read', facts: { record: box.known, vault: box.vault.visible } })
}

/** First the rename, then the sync; each is an instant of its own. */
export function write(world: World, box: Box, effect: ExecutorEffect & { do: 'write-record' | 'write-vault' }): void {
  if (!box.renamed) {
    box.known = undefined
    const fault = takeFault(box)
    if (fault === 'full') {
      world.log?.(box.name, `${effect.do}: the disk is full`)
      work(world, box, { is: 'write-failed' })
      return
    }
    if (effect.do === 'write-record') box.record.visible = asWritten(box, effect.record)
    else {
      box.vault.visible = effect.hash
      remember(world, box, effect.hash)
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
  markSettled(box)
  box.known = effect.do === 'write-record' ? asWritten(box, effect.record) : record === 'torn' ? undefined : record
  if (working.is === 'working') work(world, box, { is: 'done' })
}

/** The judge's memory of what was done at the vault. Undoing a change is no act of its own. */
function remember(world: World, box: Box, hash: string | null): void {
  const { work: working } = box
  if (working.is !== 'working') return
  const { order: given, stage } = working
  const bare: Act = {
    hash,
    change: undefined,
    durable: false,
    late: box.tampered,
    over: changeOnDisk(box),
    generation: 0,
    settled: false,
    isTold: !box.isOld,
  }
  let act: Act | undefined
  if (stage === 'apply' && given.is === 'set')
    act = { ...bare, change: given.changeId, over: undefined, generation: given.generation }
  else if (given.is === 'restore' && stage === 'order') {
    judgeRestore(world, box, given)
    act = { ...bare, change: given.changeId, over: undefined, generation: given.generation }
  } else if (stage === 'repair' || given.is === 'reset' || given.is === 'first') act = bare
  if (act !== undefined) box.acts = [...box.acts, act]
}

export function markDurable(box: Box): void {
  if (box.acts.every((act) => act.durable)) return
  box.acts = box.acts.map((act) => (act.durable ? act : { ...act, durable: true }))
}

/** A program of an older version does not keep generations of changes. */
function asWritten(box: Box, record: PasswordRecord): PasswordRecord {
  if (!box.isOld) return record
  const { unsettled } = record
  return { ...record, holdsGeneration: null, unsettled: unsettled && { ...unsettled, generation: null } }
}

function markSettled(box: Box): void {
  const record = box.record.durable
  if (record === 'torn' || record.holds === null) return
  const last = box.acts.findLastIndex((act) => act.change === record.holds)
  if (last < 0 || box.acts[last]?.settled) return
  box.acts = box.acts.map((act, index) =>
    index === last ? { ...act, settled: true, isTold: act.isTold && !box.isOld } : act,
  )
}

export function tear(box: Box, effect: ExecutorEffect): void {
  if (effect.do === 'write-record') {
    box.record.visible = 'torn'
    box.record.durable = 'torn'
  } else if (effect.do === 'write-vault') {
    box.vault.visible = 'torn'
    box.vault.durable = 'torn'
  }
}

export function storeTicket(world: World, box: Box, ticket: TicketFile): void {
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

export function takeFault(box: Box): Box['fault'] {
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
