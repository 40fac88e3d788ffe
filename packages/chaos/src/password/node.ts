import { endConnection } from './connection-end.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { Node, World } from './world.ts'

/** A process of the server. */

export function nodeDies(world: World, node: Node): boolean {
  if (!node.up) return false
  node.up = false
  node.held = undefined
  for (const link of world.links) {
    if (link.node !== node) continue
    link.serverOpen = false
    link.connection.serving = false
    link.connection.welcome.clear()
    link.connection.turns.clear()
  }
  for (const call of world.calls) if (call.node === node) call.dead = true
  return true
}

/** In order: connections end, what they have begun to decide is decided, and its gateways are off line in one unit. */
export function nodeStops(world: World, node: Node): boolean {
  if (!node.up) return false
  const { store, machines } = world
  for (const link of world.links) {
    const { connection } = link
    if (link.node !== node || !link.serverOpen) continue
    link.serverOpen = false
    connection.serving = false
    connection.welcome.clear()
    connection.turns.input({ is: 'end' })
    for (let isBusy = true; isBusy; ) isBusy = connection.turns.next()
  }
  try {
    unitOfWork(store, () => {
      if (store.row.node === node.name) machines.store.takeOffline(store)
    })
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
  }
  return nodeDies(world, node)
}

/** It begins by cleaning up what it left, in one unit of work. */
export function nodeStarts(world: World, node: Node): boolean {
  if (node.up) return false
  const { store, machines } = world
  try {
    unitOfWork(store, () => {
      machines.store.failUnattended(store, node.name, [], false)
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
  const attending = node.held?.turns.state.turn?.changeId
  try {
    unitOfWork(store, () => {
      const isConnected = node.held?.serving === true
      machines.store.failUnattended(store, node.name, attending === undefined ? [] : [attending], isConnected)
    })
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
  }
  return true
}
