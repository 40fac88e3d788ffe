import { StoreFailed, unitOfWork } from './store.ts'
import type { Connection, World } from './world.ts'

/** Tickets are random and kept as hashes; here a number tells which came later. */
export function ticketOf(number: number): string {
  return `ticket ${number}`
}

export function nameOf(connection: Connection): string {
  return `node ${connection.node.name}, ${connection.link.name}`
}

export function endConnection(world: World, connection: Connection, why: string): void {
  const { link, node } = connection
  if (!link.serverOpen) return
  world.log?.(nameOf(connection), `ends: ${why}`)
  link.serverOpen = false
  connection.serving = false
  connection.welcome.clear()
  connection.turns.input({ is: 'end' })
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
export function storeFailed(world: World, connection: Connection, error: unknown): undefined {
  if (!(error instanceof StoreFailed)) throw error
  endConnection(world, connection, error.message)
}
