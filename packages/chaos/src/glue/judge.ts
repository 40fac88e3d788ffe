import { keyPairFrom, Secret } from '@opensag/protocol'
import { Violation } from '../violation.ts'
import { hashOf, vaultName } from './disk.ts'
import { type ChangeView, hashOfTicket, type View, viewOf } from './view.ts'
import { type Box, firstPassword, type World } from './world.ts'

/**
 * Holds what is committed and what the vaults accept against the promises of docs/password-protocol.md, after every
 * event. It goes by the row, as the API shows it: whoever reads "connected" there relies on it, whatever node is alive.
 */
export function judgeInstant(world: World): void {
  const [defect] = world.defects
  if (defect !== undefined) throw new Violation('D', `an error nobody caught: ${String(defect)}`)
  world.owners?.judge()
  const view = viewOf(world)
  judgeJournal(world, view)
  judgeAnswers(world, view)
  for (const serial of view.devices.keys()) {
    judgeEnrolment(world, view, serial)
    judgeConnected(world, view, serial)
  }
}

/** Only who knows the key that counts now becomes this gateway. */
function judgeEnrolment(world: World, { devices }: View, serial: string): void {
  const signKey = devices.get(serial)?.signKey ?? null
  const before = world.enrolled.get(serial) ?? null
  world.enrolled.set(serial, signKey)
  if (signKey === null || signKey === before) return
  const known = world.boxes.filter((box) => box.enrolmentKey.reveal() === world.enrolmentKeys.get(serial))
  if (known.some((box) => signKeyOf(box) === signKey)) return
  throw new Violation('S5', `${serial} was enrolled by somebody who does not know its enrolment key`)
}

function signKeyOf({ disk }: Box): string | undefined {
  const text = disk.files.get('identity.json')?.visible
  if (text === undefined) return undefined
  const { signing } = JSON.parse(text) as { signing: string }
  return keyPairFrom('Ed25519', Secret.of(signing)).publicKey
}

/** What was decided stays so. */
function judgeJournal({ decided }: World, { journal }: View): void {
  for (const { id, call, outcome } of journal.values()) {
    const before = decided.get(id)
    if (before !== undefined && before !== outcome) {
      throw new Violation(before === 'succeeded' ? 'S1' : 'S2', `${call} had ${before} and has ${outcome} now`)
    }
    if (outcome !== 'requested') decided.set(id, outcome)
  }
}

function judgeAnswers({ calls }: World, { journal }: View): void {
  const byCall = new Map([...journal.values()].map((change) => [change.call, change.outcome]))
  for (const { name, outcome } of calls) {
    if (outcome === undefined) continue
    const entry = byCall.get(name)
    if (outcome === 'accepted' && entry !== 'succeeded') {
      throw new Violation('S1', `${name} was answered as a success, and the journal says ${entry ?? 'nothing'}`)
    }
    if (outcome !== 'accepted' && entry === 'succeeded') {
      throw new Violation('S2', `${name} was answered ${outcome}, and the journal says that it succeeded`)
    }
    if (outcome !== 'accepted' && outcome !== 'error' && entry === 'requested') {
      throw new Violation('S2', `${name} was answered ${outcome}, and the journal leaves it open`)
    }
  }
}

function changesOf({ journal }: View, serial: string): readonly ChangeView[] {
  return [...journal.values()].filter((change) => change.serial === serial)
}

/** What a gateway that counts as connected has to accept, and only that. */
export function expectedHash(world: World, view: View, serial: string): string {
  let last: ChangeView | undefined
  for (const change of changesOf(view, serial)) {
    if (change.outcome === 'succeeded' && change.generation > (last?.generation ?? -1)) last = change
  }
  const asked = world.calls.find(({ name }) => name === last?.call)
  return hashOf(asked?.password ?? firstPassword)
}

function judgeConnected(world: World, view: View, serial: string): void {
  const device = view.devices.get(serial)
  if (device?.connected !== true) return
  const boxes = world.boxes.filter((box) => box.serial === serial)
  for (const box of boxes) {
    if (box.excused !== device.ticket && holdsTicket(box, device.ticket)) box.excused = undefined
  }
  // Whichever of them the row speaks of, its disk may have been rolled back since.
  if (boxes.some((box) => box.excused !== undefined || box.tampered)) return
  const known = boxes.filter((box) => holdsTicket(box, device.ticket))
  if (known.length === 0) {
    throw new Violation('S5', `${serial} counts as connected, and no gateway has the ticket that was confirmed`)
  }
  if (changesOf(view, serial).some(({ outcome }) => outcome === 'requested')) return
  const expected = expectedHash(world, view, serial)
  if (known.some((box) => box.disk.files.get(vaultName)?.visible === expected)) return
  const accepted = known.map((box) => box.disk.files.get(vaultName)?.visible).join(', ')
  throw new Violation(
    known.some((box) => isFailed(world, view, box)) ? 'S2' : 'S1',
    `${serial} counts as connected and accepts ${accepted}, not ${expected}, and no change is under way`,
  )
}

/** Its vault holds the password of a change that has failed. */
function isFailed({ calls }: World, { journal }: View, { disk }: Box): boolean {
  const accepted = disk.files.get(vaultName)?.visible
  const asked = calls.find(({ password }) => hashOf(password) === accepted)
  return [...journal.values()].some(({ call, outcome }) => call === asked?.name && outcome === 'failed')
}

/** The ticket on its disk, or the one before it: the newest may not have been confirmed. */
export function holdsTicket({ disk }: Box, ticket: string | null): boolean {
  const text = disk.files.get('ticket.json')?.visible
  if (text === undefined) return ticket === null
  const { ticket: newest, before } = JSON.parse(text) as { ticket?: string; before?: string }
  return [newest, before].some((one) => one !== undefined && hashOfTicket(one) === ticket)
}

/** It has a password of which it has not heard yet whether it counts. */
export function hasUnsettled({ disk }: Box): boolean {
  const record = disk.files.get('password-change.json')?.durable
  return record !== undefined && (JSON.parse(record) as { unsettled: unknown }).unsettled !== null
}

/** Faults have ended, and everything has come to rest. */
export function judgeEnd(world: World, survivors: readonly Box[]): void {
  judgeInstant(world)
  const view = viewOf(world)
  for (const box of survivors) {
    const { serial, disk } = box
    // What its record says is another gateway's: it may never be let in again.
    if (box.tampered) continue
    if (view.devices.get(serial)?.connected !== true) throw new Violation('S2', `${serial} is not connected again`)
    const expected = expectedHash(world, view, serial)
    const vault = disk.files.get(vaultName)
    if (vault?.durable !== expected || vault.visible !== expected) {
      throw new Violation('S2', `${serial} accepts ${vault?.visible} at last, not ${expected}`)
    }
    if (hasUnsettled(box)) throw new Violation('S2', `${serial} has something unsettled at last`)
  }
  for (const { name, isGone } of world.nodes) {
    if (isGone && view.nodes.has(name)) throw new Violation('N2', `${name} has broken down and counts as running`)
  }
  for (const { call, outcome } of view.journal.values()) {
    if (outcome === 'requested') throw new Violation('S5', `nobody can read what became of ${call}`)
  }
  for (const { name, node, outcome, isLeft } of world.calls) {
    if (node.alive && outcome === undefined && !isLeft) throw new Violation('S5', `${name} is never answered`)
  }
}
