import { callGoesOn, callWorks } from './caller.ts'
import { endConnection } from './connection-end.ts'
import { deliverBus, deliverDown, deliverUp } from './delivery.ts'
import { gatewayConnects, gatewayDies, gatewayStarts, gatewayWorks } from './gateway.ts'
import { gatewayLosesLink } from './gateway-steps.ts'
import { isConnected, judgeEnd, judgeInstant } from './judge.ts'
import { nodeStarts, nodeSweeps } from './node.ts'
import { trust } from './people.ts'
import { upgradeServer } from './restore.ts'
import { connectionWorks, hasWork } from './server.ts'
import type { Box, Node, World } from './world.ts'

const mostRounds = 60

/**
 * Runs without faults until everything has come to rest: nothing breaks any more, everybody does what there is to do, and of
 * several copies one is kept.
 */
export function heal(world: World): void {
  const box = survivor(world)
  world.store.fault = 'none'
  // What an older server cannot do is done once it is brought up to date.
  upgradeServer(world)
  for (const other of world.boxes) {
    other.fault = 'none'
    if (other !== box) gatewayDies(world, other)
  }
  for (let round = 1; round <= mostRounds && !isAtRest(world, box); round++) {
    noticeLosses(world)
    for (const node of world.nodes) nodeStarts(world, node)
    gatewayStarts(world, box)
    // Only an operator can tell which of several copies is the right one, or that the server's tickets are the old ones.
    if (round % 6 === 0 && (isCopied(world, box) || world.restores > 0) && !isConnected(world, box)) trust(world)
    gatewayConnects(world, box, world.nodes[0] as Node)
    workUntilNothingMoves(world, box)
    if (round % 3 === 0) clocksGoOn(world)
  }
  judgeEnd(world, box)
}

/** A quiet while: what is under way goes on to its end. */
export function quietWhile(world: World): boolean {
  const box = survivor(world)
  for (let round = 0; round < 3 && !isAtRest(world, box); round++) {
    noticeLosses(world)
    for (const node of world.nodes) nodeStarts(world, node)
    gatewayStarts(world, box)
    gatewayConnects(world, box, world.nodes[0] as Node)
    workUntilNothingMoves(world, box)
  }
  return true
}

/** The box the server knows; of several copies the one with the newest ticket. */
function survivor(world: World): Box {
  const known = world.boxes.filter((box) => box.keys === world.store.row.signKey)
  const invited = world.boxes.filter((box) => box.enrolmentKey === world.store.row.enrolmentKey)
  const candidates = known.length > 0 ? known : invited
  return candidates.reduce((best, box) => (ticketNumber(box) > ticketNumber(best) ? box : best))
}

function ticketNumber({ ticket: { durable } }: Box): number {
  return durable === 'torn' || durable.ticket === undefined ? 0 : Number(durable.ticket.slice(7))
}

function isCopied(world: World, box: Box): boolean {
  return box.tampered || world.boxes.some((other) => other !== box && other.keys === box.keys)
}

function isAtRest(world: World, box: Box): boolean {
  return (
    isConnected(world, box) &&
    box.effect === undefined &&
    box.storing === undefined &&
    box.inbox.length === 0 &&
    box.local.length === 0 &&
    world.bus.length === 0 &&
    world.calls.every((call) => call.dead || call.outcome !== undefined) &&
    world.links.every((link) => link.up.length === 0 && link.down.length === 0 && !hasWork(link.connection)) &&
    ![...world.store.journal.values()].includes('requested')
  )
}

function noticeLosses(world: World): void {
  for (const link of [...world.links]) {
    if (!link.gatewayOpen) endConnection(world, link.connection, 'the gateway has gone')
    const isRead = link.down.length === 0 && link.box.inbox.length === 0
    if (!link.serverOpen && isRead && link.box.link === link) gatewayLosesLink(world, link.box)
  }
}

function workUntilNothingMoves(world: World, box: Box): void {
  for (let moved = true; moved; judgeInstant(world)) {
    moved = gatewayWorks(world, box)
    for (const link of [...world.links]) moved = (link.node.up && connectionWorks(link.connection)) || moved
    for (const call of world.calls) moved = callWorks(call, 0) || moved
    moved = deliverUp(world, 0) || moved
    moved = deliverDown(world, 0) || moved
    moved = deliverBus(world, 0) || moved
  }
}

/** Whatever still waits does so for something that was lost. */
function clocksGoOn(world: World): void {
  for (const link of world.links) {
    const { turns } = link.connection
    const { turn, waiting } = turns.state
    if (link.connection.isReplacing || (!link.connection.recorded && link.serverOpen)) {
      endConnection(world, link.connection, 'the handshake took too long')
    }
    const what = turn?.change.is === 'new' ? 'lapse' : 'deadline'
    if (turn !== undefined) turns.input({ is: what, changeId: turn.changeId })
    for (const changeId of waiting) turns.input({ is: 'impatient', changeId })
  }
  for (const call of world.calls) {
    if (call.dead || call.waiting === undefined) continue
    const nothing =
      call.waiting === 'reserved' ? { is: call.waiting, turn: undefined } : { is: call.waiting, outcome: undefined }
    callGoesOn(call, nothing as never)
  }
  for (const node of world.nodes) nodeSweeps(world, node)
}
