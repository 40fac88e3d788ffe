import type { HeldChange, LastChange } from '@opensag/protocol'
import { Violation } from '../violation.ts'
import { hashOf } from './hash.ts'
import type { Act, Box, Call, Connection, World } from './world.ts'

/**
 * Knows everything, which no party does, and holds what happens against the promises S1 to S6 of
 * docs/password-protocol.md after every event.
 */

/** The password that has to be accepted: the last act at this vault that is a person's, or a change that succeeded. */
export function expectedHash(world: World, box: Box): string | null {
  return expectedAct(world, box).hash
}

function expectedAct(world: World, { acts }: Box): Act {
  for (let index = acts.length - 1; index >= 0; index--) {
    const act = acts[index] as Act
    if (isInForce(world, act)) return act
  }
  throw new Error('A gateway without a first act.')
}

/**
 * A person's word; a change the journal has as succeeded; or one that did succeed and is settled at the gateway, whatever a
 * restored store has forgotten. Not what the operator has taken back.
 */
function isInForce(world: World, { change, settled }: Act): boolean {
  if (change === undefined) return true
  if (change === world.orderedNow) return false
  return world.store.journal.get(change) === 'succeeded' || (settled && world.succeeded.has(change))
}

/** Both ends of the connection live, and the row says that the gateway is connected. */
export function isConnected(world: World, box: Box): boolean {
  const connection = box.link?.connection
  return (
    box.up &&
    connection?.recorded === true &&
    connection.link.serverOpen &&
    connection.node.held === connection &&
    world.store.row.node === connection.node.name
  )
}

/**
 * The API shows it as connected: the row alone decides that, whether or not a node that lives has its connection. The row
 * may outlive the connection, the node, and what the gateway held then.
 */
function isShown({ shown, store }: World, box: Box): boolean {
  return shown === box && store.row.node !== undefined
}

/** S3, and S1 and S2 as far as they hold at every instant. */
export function judgeInstant(world: World): void {
  for (const box of world.boxes) {
    if (!box.up && !isShown(world, box)) continue
    const { visible } = box.vault
    if (visible === 'torn') throw new Violation('S3', `${box.name} accepts nothing: its vault is torn`)
    const expected = expectedAct(world, box)
    if (visible === expected.hash) continue
    const connected = isShown(world, box) || isConnected(world, box)
    const last = box.acts[box.acts.length - 1] as Act
    const isUnderWay = last !== expected && visible === last.hash
    if (connected) {
      const outcome = last.change === undefined ? undefined : world.store.journal.get(last.change)
      if (isUnderWay && outcome === 'requested') continue
      throw new Violation(
        isUnderWay ? 'S2' : 'S1',
        `${box.name} is connected and accepts ${visible}, not ${expected.hash}, and no change is under way`,
      )
    }
    if (isUnderWay || box.tampered || isBehind(world, box, visible)) continue
    throw new Violation(
      'S3',
      `${box.name} accepts ${visible}: neither the old password (${expected.hash}) nor the new one`,
    )
  }
}

/**
 * Until it is connected it may hold what the operator has taken back, or what a restored store says otherwise of: never
 * something from before the last change it was told has succeeded.
 */
function isBehind({ orderedNow, restores }: World, { acts }: Box, hash: string | null): boolean {
  const settled = acts.findLastIndex((act) => act.settled)
  return acts.some(
    ({ hash: held, change }, index) =>
      held === hash && ((restores > 0 && index >= settled) || (change !== undefined && change === orderedNow)),
  )
}

/** S6: it is about to accept what a server has restored. */
export function judgeRestore(
  world: World,
  box: Box,
  { changeId, generation, hash }: { readonly changeId: string; readonly generation: number; readonly hash: string },
): void {
  const settled = box.acts.findLast((act) => act.settled)
  if (hash !== hashOf(changeId) && !world.learntByHand.has(`${changeId}: ${hash}`)) {
    throw new Violation('S6', `${box.name} is restored to ${changeId} and gets ${hash}`)
  }
  if (settled?.change === undefined || generation >= settled.generation || world.ordered.has(settled.change)) return
  // Neither side knows better: an older server has sent it, and the gateway keeps no generation of what it holds.
  if (box.orderLink?.isServerOld && (box.isOld || !settled.isTold)) return
  throw new Violation('S6', `${box.name} has settled ${settled.change} and goes back to ${changeId} without an order`)
}

/** S1: the store is about to learn of a change, instead of the one it knows as the last. */
export function judgeAdoption({ succeeded }: World, changeId: string, last: LastChange): void {
  const generation = succeeded.get(changeId)
  const known = last && succeeded.get(last.changeId)
  if (generation === undefined || known === undefined || generation > known) return
  throw new Violation('S1', `${last?.changeId} has succeeded later and is given up for ${changeId}`)
}

/** The row is about to say that this gateway is connected. */
export function judgeReady(world: World, box: Box, connection: Connection): void {
  const { held } = world.store.row
  // A person's word counts, where the disk knew of this change then, or was rolled back before; images keep it.
  const isKnown = ({ change, late, over }: Act): boolean =>
    change === held?.changeId || (change === undefined && (late || over === held?.changeId))
  const isRestorable = held !== undefined && !world.withoutDeposit.has(held.changeId)
  if (isRestorable && held.keys === box.keys && !box.acts.some(isKnown)) {
    throw new Violation('S5', `${box.name} is connected and has not got the password of ${held.changeId}`)
  }
  if (connection.presented < world.confirmed) {
    throw new Violation('S5', `${box.name} is connected, though a copy of it has been connected since`)
  }
  if (connection.keys !== box.keys) throw new Violation('S5', `${box.name} is connected as another gateway`)
}

/** The journal has just come to say that this change succeeded. */
export function judgeSuccess(world: World, { changeId, generation }: HeldChange, box: Box): void {
  for (const call of world.calls) {
    if (call.changeId !== changeId || call.outcome === undefined || call.outcome === 'accepted') continue
    throw new Violation('S2', `${changeId} was answered ${call.outcome} and succeeded afterwards`)
  }
  for (const [other, used] of world.succeeded) {
    if (used !== generation || (world.isFloorMissing && !isOfOneHistory(world, other, box))) continue
    throw new Violation('S6', `${other} and ${changeId} have succeeded with the same generation`)
  }
  world.succeeded.set(changeId, generation)
  if (!box.tampered && !box.acts.some((act) => act.change === changeId && act.durable)) {
    throw new Violation('S1', `${changeId} succeeded and ${box.name} has not got it on its disk`)
  }
}

/**
 * A store that knows the change knows its generation, whichever way it was restored; but what another box held, before it
 * was replaced, may become known only after the generation was given out, and no box compares its own with another's.
 */
function isOfOneHistory({ store: { row, journal } }: World, changeId: string, { acts }: Box): boolean {
  const isKnown = row.held?.changeId === changeId || journal.get(changeId) === 'succeeded'
  return isKnown && acts.some(({ change }) => change === changeId)
}

/** A call is answered. */
export function judgeAnswer(world: World, call: Call, outcome: string): void {
  const journal = world.store.journal.get(call.changeId)
  if (outcome === 'accepted' && journal !== 'succeeded') {
    throw new Violation(
      'S1',
      `${call.changeId} was answered as a success, and the journal says ${journal ?? 'nothing'}`,
    )
  }
  if (outcome !== 'accepted' && journal === 'succeeded') {
    throw new Violation('S2', `${call.changeId} was answered ${outcome}, and the journal says that it succeeded`)
  }
  if (outcome !== 'accepted' && outcome !== 'error' && journal === 'requested') {
    throw new Violation('S2', `${call.changeId} was answered ${outcome}, and the journal leaves it open`)
  }
}

/** Faults have ended, and everything has come to rest. */
export function judgeEnd(world: World, box: Box): void {
  if (!isConnected(world, box)) throw new Violation('S2', `${box.name} is not connected again`)
  judgeInstant(world)
  const expected = expectedHash(world, box)
  if (box.vault.durable !== expected || box.vault.visible !== expected) {
    throw new Violation('S2', `${box.name} accepts ${box.vault.visible} at last, not ${expected}`)
  }
  const record = box.record.durable
  if (record === 'torn' || record.unsettled !== null)
    throw new Violation('S2', `${box.name} has something unsettled at last`)
  for (const [changeId, outcome] of world.store.journal) {
    if (outcome === 'requested') throw new Violation('S5', `nobody can read what became of ${changeId}`)
  }
  for (const call of world.calls) {
    if (!call.dead && call.heard && call.outcome === undefined) {
      throw new Violation('S5', `${call.changeId} is never answered`)
    }
  }
}
