import { endConnection } from './connection-end.ts'
import { gatewayDies } from './gateway.ts'
import { nodeDies } from './node.ts'
import { StoreFailed, unitOfWork } from './store.ts'
import type { Box, StoreImage, World } from './world.ts'

/** What is restored, taken back, and replaced by another version. */

const mostImages = 3
/** Far above any generation that changes reach by themselves, and higher with each restore, as time is. */
const floorStep = 1000

export function copyStore(world: World): boolean {
  if (world.storeImages.length >= mostImages) world.storeImages.shift()
  world.storeImages.push(imageOf(world))
  return true
}

function imageOf({ store: { row, journal, floor } }: World): StoreImage {
  return { row, journal: new Map(journal), floor }
}

/** In order: with the command for it. Otherwise somebody puts an older copy in place. No node runs meanwhile. */
export function restoreStore(world: World, choice: number, inOrder: boolean): boolean {
  const image = world.storeImages[choice % Math.max(1, world.storeImages.length)]
  if (image === undefined) return false
  for (const node of world.nodes) nodeDies(world, node)
  world.restores++
  const { store } = world
  store.row = image.row
  store.journal = new Map(image.journal)
  store.floor = inOrder ? floorStep * world.restores : image.floor
  store.fault = 'none'
  if (!inOrder || world.isServerOld) world.isFloorMissing = true
  // What the judge knew of tickets, rows and orders, the store has forgotten.
  world.confirmed = Math.min(world.confirmed, Number(image.row.ticket?.slice(7) ?? 0))
  world.shown = undefined
  world.orderedNow = image.row.takenBack
  return true
}

/** The operator orders by name that a gateway goes back below what it has settled. */
export function takeBack(world: World, choice: number): boolean {
  const { store, machines } = world
  if (world.isServerOld || !world.nodes.some((node) => node.up)) return false
  let taken: string | undefined
  try {
    taken = unitOfWork(store, () => machines.store.takeBack(store))
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    taken = store.row.takenBack
    if (taken === undefined) return true
  }
  if (taken === undefined) return false
  world.ordered.add(taken)
  world.orderedNow = taken
  // The message that ends its connection may get lost: a sweep does it then.
  if ((choice & 1) !== 0) return true
  for (const { held } of world.nodes) if (held !== undefined) endConnection(world, held, 'the operator ended it')
  return true
}

/** Only as long as it has kept nothing that an older program could not read. */
export function installOlder(world: World, box: Box): boolean {
  const { visible, durable } = box.record
  if (box.isOld || visible === 'torn' || visible !== durable || visible.generation > 0) return false
  gatewayDies(world, box)
  box.isOld = true
  return true
}

export function installNewer(world: World, box: Box): boolean {
  if (!box.isOld) return false
  gatewayDies(world, box)
  box.isOld = false
  return true
}

/** Only while it has an empty journal and no copies: a later store could not be read by it. */
export function runOlderServer(world: World): boolean {
  if (world.isServerOld || world.store.journal.size > 0 || world.storeImages.length > 0) return false
  for (const node of world.nodes) nodeDies(world, node)
  world.isServerOld = true
  return true
}

export function upgradeServer(world: World): boolean {
  if (!world.isServerOld) return false
  for (const node of world.nodes) nodeDies(world, node)
  world.isServerOld = false
  return true
}
