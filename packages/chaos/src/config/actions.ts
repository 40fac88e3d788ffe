import type { Action } from '../schedule.ts'
import {
  gatewayConnects,
  gatewayDies,
  gatewayLosesPower,
  gatewaySeeksInVain,
  gatewayStarts,
  gatewayWorks,
  loseLink,
} from './gateway.ts'
import {
  desires,
  looksAgain,
  promises,
  serverDies,
  serverLoses,
  serverReceives,
  serverStarts,
  serverWorks,
} from './server.ts'
import { type ConfigGateway, type ConfigLink, type ConfigWorld, cutting } from './world.ts'

/** Everything that can happen to a configuration on its way. */
export const actions: readonly Action<ConfigWorld>[] = [
  { name: 'a quiet while passes', weight: 2, isFault: false, run: quietWhile },
  { name: 'gateway works', weight: 160, isFault: false, run: gatewayWorks },
  { name: 'server works', weight: 120, isFault: false, run: serverWorks },
  { name: 'gateway connects', weight: 40, isFault: false, run: (world) => gatewayConnects(world, false) },
  { name: 'gateway seeks to be confirmed', weight: 40, isFault: false, run: (world) => gatewayConnects(world, true) },
  { name: 'gateway seeks the server in vain', weight: 120, isFault: true, run: gatewaySeeksInVain },
  { name: 'message reaches gateway', weight: 110, isFault: false, run: deliverDown },
  { name: 'message reaches server', weight: 110, isFault: false, run: deliverUp },
  { name: 'program starts', weight: 40, isFault: false, run: gatewayStarts },
  { name: 'server starts', weight: 40, isFault: false, run: serverStarts },
  { name: 'settings are changed', weight: 16, isFault: false, run: (world, choice) => desires(world, choice % 4) },
  {
    name: 'settings are changed to some that cut it off',
    weight: 8,
    isFault: true,
    run: (world, choice) => desires(world, choice % 2 === 0 ? cutting.atOnce : cutting.anew),
  },
  {
    name: 'gateway is bound to another instance',
    weight: 4,
    isFault: true,
    run: (world, choice) => desires(world, choice % 4, 'sag-two'),
  },
  { name: 'gateway is unbound', weight: 4, isFault: true, run: (world) => desires(world, undefined) },
  { name: 'somebody changes something at the gateway', weight: 8, isFault: true, run: (world) => edit(world.gateway) },
  { name: 'somebody agrees to that', weight: 8, isFault: true, run: promises },
  { name: 'somebody resets the gateway', weight: 2, isFault: true, run: (world) => reset(world.gateway) },
  { name: 'trial is over', weight: 6, isFault: true, run: (world) => deadline(world.gateway) },
  { name: 'gateway tries again', weight: 10, isFault: false, run: (world) => again(world.gateway) },
  { name: 'server looks again', weight: 10, isFault: false, run: looksAgain },
  {
    name: 'gateway notices a loss',
    weight: 8,
    isFault: true,
    run: (world, choice) => withLink(world, choice, (link) => loseLink(world, link)),
  },
  {
    name: 'server notices a loss',
    weight: 8,
    isFault: true,
    run: (world, choice) => withLink(world, choice, (link) => serverLoses(world, link)),
  },
  {
    name: 'message to gateway is repeated',
    weight: 3,
    isFault: true,
    run: (world, choice) => withLink(world, choice, (link) => repeat(link.down)),
  },
  {
    name: 'message to server is repeated',
    weight: 3,
    isFault: true,
    run: (world, choice) => withLink(world, choice, (link) => repeat(link.up)),
  },
  { name: 'program is killed', weight: 6, isFault: true, run: gatewayDies },
  { name: 'power is cut', weight: 6, isFault: true, run: gatewayLosesPower },
  { name: 'server is killed', weight: 5, isFault: true, run: serverDies },
  { name: 'disk is full', weight: 7, isFault: true, run: (world) => breakDisk(world.gateway, 'full') },
  { name: 'disk does not sync', weight: 7, isFault: true, run: (world) => breakDisk(world.gateway, 'unsynced') },
  { name: 'system refuses a configuration', weight: 7, isFault: true, run: (world) => refuse(world.gateway) },
  { name: 'store cannot be read', weight: 5, isFault: true, run: cannotRead },
  { name: 'image is taken', weight: 4, isFault: true, run: takeImage },
  { name: 'disk is rolled back', weight: 4, isFault: true, run: rollBack },
]

function deliverDown(world: ConfigWorld, choice: number): boolean {
  const link =
    world.links.filter((one) => one.down.length > 0)[choice % 2] ?? world.links.find((one) => one.down.length > 0)
  const message = link?.down.shift()
  if (link === undefined || message === undefined) return false
  if (!link.gatewayOpen) return true
  const { todo } = world.gateway
  if (message.kind === 'configure') todo.push({ is: 'configure', desired: message.desired, withinMs: 1000 })
  else if (message.kind === 'confirm') todo.push({ is: 'confirm', trial: message.trial, during: link.during })
  else todo.push({ is: 'agreed', revision: message.revision })
  return true
}

function deliverUp(world: ConfigWorld, choice: number): boolean {
  const link =
    world.links.filter((one) => one.up.length > 0)[choice % 2] ?? world.links.find((one) => one.up.length > 0)
  const message = link?.up.shift()
  if (link === undefined || message === undefined) return false
  world.log?.('server', `${link.name}: receives ${message.kind}`)
  serverReceives(world, link, message)
  return true
}

function withLink(world: ConfigWorld, choice: number, run: (link: ConfigLink) => void): boolean {
  const open = world.links.filter((link) => link.gatewayOpen || link.serverOpen)
  const link = open[choice % Math.max(1, open.length)]
  if (link === undefined) return false
  run(link)
  return true
}

/**
 * The same message twice in a row. Not behind a later one: a frame opens only in its order, or the connection ends. The
 * promises of passwords hold without that; that the server knows what the gateway holds (C3) cannot, because two
 * statuses do not say which of them is the later.
 */
function repeat(queue: unknown[]): void {
  if (queue.length > 0) queue.unshift(queue[0])
}

function edit(gateway: ConfigGateway): boolean {
  if (!gateway.up) return false
  gateway.todo.push({ is: 'edit' })
  return true
}

function reset(gateway: ConfigGateway): boolean {
  if (!gateway.up) return false
  gateway.todo.push({ is: 'cleared' })
  return true
}

function deadline(gateway: ConfigGateway): boolean {
  if (!gateway.up || gateway.awaited === undefined) return false
  gateway.todo.push({ is: 'deadline', trial: gateway.awaited })
  return true
}

function again(gateway: ConfigGateway): boolean {
  if (!gateway.up || !gateway.isAgainDue) return false
  gateway.isAgainDue = false
  gateway.todo.push({ is: 'again' })
  return true
}

function breakDisk(gateway: ConfigGateway, fault: 'full' | 'unsynced'): boolean {
  if (gateway.fault !== 'none') return false
  gateway.fault = fault
  return true
}

function refuse(gateway: ConfigGateway): boolean {
  if (gateway.refuses) return false
  gateway.refuses = true
  return true
}

function cannotRead({ server }: ConfigWorld): boolean {
  if (server.cannotRead) return false
  server.cannotRead = true
  return true
}

function takeImage(world: ConfigWorld): boolean {
  world.image = { record: world.gateway.record.durable, local: world.gateway.local.durable }
  return true
}

function rollBack(world: ConfigWorld): boolean {
  const { image, gateway } = world
  if (image === undefined) return false
  gatewayDies(world)
  gateway.record = { visible: image.record, durable: image.record }
  gateway.local = { visible: image.local, durable: image.local }
  world.isTampered = true
  return true
}

/** What is under way goes on, with whoever is there. */
export function quietWhile(world: ConfigWorld): boolean {
  serverStarts(world)
  gatewayStarts(world)
  for (const link of [...world.links]) {
    if (!link.gatewayOpen) serverLoses(world, link)
    if (!link.serverOpen) loseLink(world, link)
  }
  for (let index = world.links.length - 1; index >= 0; index--) {
    const link = world.links[index] as ConfigLink
    if (!link.gatewayOpen && !link.serverOpen) world.links.splice(index, 1)
  }
  for (let moved = true; moved; ) {
    moved = gatewayWorks(world)
    moved = gatewayConnects(world, false) || moved
    moved = gatewayConnects(world, true) || moved
    moved = serverWorks(world) || moved
    moved = deliverUp(world, 0) || moved
    moved = deliverDown(world, 0) || moved
  }
  return true
}

/** Time passes: whatever waits for that goes on. */
export function timePasses(world: ConfigWorld): void {
  again(world.gateway)
  looksAgain(world)
  if (world.gateway.facts.record.trial !== null) deadline(world.gateway)
}
