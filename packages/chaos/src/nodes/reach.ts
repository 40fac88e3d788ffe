import type { SharedDatabase } from '../glue/database-any-order.ts'
import type { Life } from '../glue/time.ts'
import type { Node, World } from '../glue/world.ts'

/** The servers of the bus, which nothing here kills. */
const itself: Life = { alive: true }
/** Longer was not measured until 20,000 subscriptions were known again. */
const unheardMs = 600

export function sharedOf({ shared }: World): SharedDatabase {
  if (shared === undefined) throw new Error('Several nodes need a database that they share.')
  return shared
}

export function wake(run: Life): boolean {
  run.frozen = false
  return true
}

/** `choice`: what is under way waits, or is lost; the node and the servers notice at once, or only a while later. */
export function cutFromBus(node: Node, world: World, choice: number): boolean {
  if (isCutFromBus(node)) return false
  node.toBus = (choice & 2) === 2 ? 'cut' : 'silent'
  if ((choice & 1) === 1) world.mails = world.mails.filter((mail) => mail.isHeld?.() !== true)
  return true
}

/** The bus does not know at once what this node holds. */
export function openBus(world: World, node: Node): boolean {
  node.toBus = 'unheard'
  function heard(): void {
    if (node.toBus === 'unheard') node.toBus = 'open'
  }
  world.mails.push({ to: itself, about: `the bus hears what ${node.name} holds`, isSure: true, deliver: heard })
  world.time.timersOf(itself).after(unheardMs, heard)
  return true
}

export function cutFromStore(world: World, node: Node, how: Life['storeCut']): boolean {
  setStore(node, how)
  const { run } = node
  if (run !== undefined && how === 'fails' && run.frozen !== true) sharedOf(world).giveUp(run)
  return true
}

export function isCutFromBus({ toBus }: Node): boolean {
  return toBus === 'cut' || toBus === 'silent'
}

export function openStore(node: Node): boolean {
  setStore(node, undefined)
  return true
}

function setStore(node: Node, how: Life['storeCut']): void {
  node.storeCut = how
  if (node.run !== undefined) node.run.storeCut = how
}

/** Everything is reached again, and nobody stands still. */
export function reachAll(world: World): void {
  for (const node of world.nodes) {
    if (node.run !== undefined) node.run.frozen = false
    openStore(node)
    if (isCutFromBus(node)) openBus(world, node)
  }
}
