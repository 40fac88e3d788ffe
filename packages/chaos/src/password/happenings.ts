import { callBegins, callGoesOn, callWorks } from './caller.ts'
import { endConnection, nameOf } from './connection-end.ts'
import { busyLink } from './delivery.ts'
import { gatewayConnects } from './gateway.ts'
import { gatewayLosesLink } from './gateway-steps.ts'
import { connectionWorks, hasWork } from './server.ts'
import { replaced } from './server-welcome.ts'
import type { Box, World } from './world.ts'

export function withBox(world: World, choice: number, run: (box: Box) => boolean): boolean {
  const box = world.boxes[choice % world.boxes.length]
  return box !== undefined && run(box)
}

/** Mostly while the gateway is there: what is answered otherwise is soon known. */
export function somebodyCalls(world: World, choice: number): boolean {
  if (world.store.row.node === undefined && choice > 3) return false
  return callBegins(world, world.nodes[choice & 1] as World['nodes'][0])
}

export function dials(world: World, box: Box, node: number): boolean {
  return gatewayConnects(world, box, world.nodes[node] as World['nodes'][0])
}

/** One thing of what connections and calls have to do; `choice` says which. */
export function serverWorks(world: World, choice: number): boolean {
  let count = 0
  for (const link of world.links) if (link.node.up && hasWork(link.connection)) count++
  for (const call of world.calls) if (!call.dead && call.request.waiting > 0) count++
  if (count === 0) return false
  let index = choice % count
  for (const link of world.links) {
    if (link.node.up && hasWork(link.connection) && index-- === 0) return connectionWorks(link.connection)
  }
  for (const call of world.calls) {
    if (!call.dead && call.request.waiting > 0 && index-- === 0) return callWorks(call, choice)
  }
  return false
}

export function onTurn(world: World, choice: number, what: 'deadline' | 'lapse' | 'impatient'): boolean {
  const connection = world.nodes[choice & 1]?.held
  if (connection === undefined) return false
  if (what === 'impatient') {
    const { waiting } = connection.turns.state
    const changeId = waiting[(choice >> 1) % Math.max(1, waiting.length)]
    if (changeId === undefined) return false
    connection.turns.input({ is: 'impatient', changeId })
    return true
  }
  const { turn } = connection.turns.state
  if (turn === undefined || turn.change.is !== (what === 'lapse' ? 'new' : 'waiting')) return false
  world.log?.(nameOf(connection), `${what} of ${turn.changeId}`)
  connection.turns.input({ is: what, changeId: turn.changeId })
  return true
}

/** A node that asked another one gets no answer in time, or takes it that way. */
export function waitsNoLonger(world: World, choice: number): boolean {
  const replacing = world.links.find(
    (link) => link.serverOpen && link.connection.isReplacing && link.connection.welcome.waiting === 0,
  )
  if (replacing !== undefined && (choice & 1) === 0) {
    replacing.connection.isReplacing = false
    replaced(world, replacing.connection)
    return true
  }
  const waiting = world.calls.filter((call) => !call.dead && call.waiting !== undefined)
  const call = waiting[(choice >> 1) % Math.max(1, waiting.length)]
  if (call === undefined) return false
  callGoesOn(
    call,
    call.waiting === 'reserved' ? { is: 'reserved', turn: undefined } : { is: 'handed', outcome: undefined },
  )
  return true
}

export function serverNotices(world: World, choice: number): boolean {
  const connection = world.nodes[choice & 1]?.held
  if (connection === undefined || !connection.link.serverOpen) return false
  endConnection(world, connection, 'nothing is heard of the gateway')
  return true
}

export function breaks(world: World, choice: number): boolean {
  const open = world.links.filter((link) => link.gatewayOpen || link.serverOpen)
  const link = open[choice % Math.max(1, open.length)]
  if (link === undefined) return false
  link.up.length = 0
  link.down.length = 0
  if (link.gatewayOpen && link.box.link === link) gatewayLosesLink(world, link.box)
  link.gatewayOpen = false
  endConnection(world, link.connection, 'the network broke')
  return true
}

export function onQueue(world: World, choice: number, way: 'up' | 'down', run: (queue: unknown[]) => void): boolean {
  const link = busyLink(world, choice, way, run === swap ? 2 : 1)
  if (link === undefined) return false
  run(link[way] as unknown[])
  return true
}

export function repeat(queue: unknown[]): void {
  queue.push(queue[0])
}

export function swap(queue: unknown[]): void {
  queue.push(queue.shift())
}

export function onBus(world: World, choice: number, what: 'lost' | 'repeated'): boolean {
  const index = choice % Math.max(1, world.bus.length)
  const message = world.bus[index]
  if (message === undefined) return false
  if (what === 'lost') world.bus.splice(index, 1)
  else world.bus.push(message)
  return true
}

export function breakDisk(box: Box, fault: 'full' | 'unsynced'): boolean {
  if (box.fault !== 'none') return false
  box.fault = fault
  return true
}

export function breakStore(world: World, fault: 'before' | 'after'): boolean {
  if (world.store.fault !== 'none') return false
  world.store.fault = fault
  return true
}

/** Nobody hears the answer any more; the call goes on. What became of it can be read in the journal. */
export function callerGoes(world: World, choice: number): boolean {
  const call = world.calls[choice % Math.max(1, world.calls.length)]
  if (call === undefined || call.dead || call.outcome !== undefined) return false
  world.log?.(call.changeId, 'its caller has gone away')
  call.heard = false
  return true
}

export function callsAgain(world: World, choice: number): boolean {
  if (!callerGoes(world, choice >> 1)) return false
  callBegins(world, world.nodes[choice & 1] as World['nodes'][0])
  return true
}
