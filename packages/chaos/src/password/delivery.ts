import { callGoesOn } from './caller.ts'
import { endConnection } from './connection-end.ts'
import { hasWork, serverReceives } from './server.ts'
import { replaced } from './server-welcome.ts'
import type { Connection, Link, World } from './world.ts'

/** Messages arrive: on links in the order they are in, between nodes in any. */

export function busyLink(world: World, choice: number, way: 'up' | 'down', least: number): Link | undefined {
  let count = 0
  for (const link of world.links) if (link[way].length >= least) count++
  if (count === 0) return undefined
  let index = choice % count
  return world.links.find((link) => link[way].length >= least && index-- === 0)
}

export function deliverDown(world: World, choice: number): boolean {
  const link = busyLink(world, choice, 'down', 1)
  const message = link?.down.shift()
  if (link === undefined || message === undefined) return false
  // A connection that ended on this side, or died with its program, delivers nothing.
  const isCurrent = link.gatewayOpen && link.box.link === link
  if (isCurrent || (!world.machines.onlyCurrentOrders && link.box.up)) link.box.inbox.push({ link, message })
  forgetLink(world, link)
  return true
}

export function deliverUp(world: World, choice: number): boolean {
  const link = busyLink(world, choice, 'up', 1)
  const message = link?.up.shift()
  if (link === undefined || message === undefined) return false
  serverReceives(world, link, message)
  forgetLink(world, link)
  return true
}

/** Dead on both sides and empty: nothing can come of it any more. */
function forgetLink(world: World, link: Link): void {
  if (link.gatewayOpen || link.serverOpen || link.up.length > 0 || link.down.length > 0) return
  if (hasWork(link.connection) || link.node.held === link.connection) return
  world.links.splice(world.links.indexOf(link), 1)
}

export function deliverBus(world: World, choice: number): boolean {
  const index = choice % Math.max(1, world.bus.length)
  const [message] = world.bus.splice(index, 1)
  if (message === undefined) return false
  switch (message.kind) {
    case 'reserve':
      if (message.to.serving && 'changeId' in message.from) {
        message.to.turns.input({ is: 'reserve', changeId: message.from.changeId })
      }
      return true
    case 'change':
      receiveChange(message.to, message.from.changeId, message)
      return true
    case 'step-down':
      endConnection(world, message.to, 'it was asked to step down')
      if (!('changeId' in message.from)) world.bus.push({ kind: 'stepped-down', to: message.from })
      return true
    case 'reserved':
      if (!message.to.dead && message.to.waiting === 'reserved')
        callGoesOn(message.to, { is: 'reserved', turn: message.turn })
      return true
    case 'handed':
      if (!message.to.dead && message.to.waiting === 'handed')
        callGoesOn(message.to, { is: 'handed', outcome: message.outcome })
      return true
    case 'stepped-down':
      if (message.to.isReplacing) {
        message.to.isReplacing = false
        replaced(world, message.to)
      }
      return true
  }
}

function receiveChange(
  connection: Connection,
  changeId: string,
  message: { readonly sealed: Connection['sealed'] },
): void {
  if (!connection.node.up || !connection.serving) return
  const { turn } = connection.turns.state
  if (turn?.changeId === changeId && turn.change.is === 'new') connection.sealed = message.sealed
  connection.turns.input({ is: 'change', changeId })
}
