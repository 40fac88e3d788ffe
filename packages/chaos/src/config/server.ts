import {
  type ConfigPushEffect,
  type ConfigPushInput,
  closedPush,
  givenUp,
  type MarkedConfig,
  sameMark,
} from '@opensag/protocol'
import { Violation } from '../violation.ts'
import type { ConfigLink, ConfigServer, ConfigUp, ConfigWorld } from './world.ts'

/** Somebody changes the settings of the instance, or the gateway is bound to another or to none. */
export function desires(world: ConfigWorld, content: number | undefined, instanceId = 'sag-one'): boolean {
  const { server } = world
  if (!server.up) return false
  server.newest = content === undefined ? undefined : configOf(instanceId, ++world.revisions, content)
  input(world, { is: 'changed' })
  return true
}

function configOf(instanceId: string, revision: number, content: number): MarkedConfig {
  const config = {
    cidrs: [],
    routingStrategy: 'static',
    securityLockThreshold: content,
    snat: [],
    probeAddresses: [],
  } as const
  return { instanceId, revision, config }
}

export function serverReceives(world: ConfigWorld, link: ConfigLink, message: ConfigUp): void {
  const { server, machines } = world
  if (!server.up || !link.serverOpen) return
  if (message.kind === 'trial') {
    for (const { trial } of machines.confirmations(message.status)) link.down.push({ kind: 'confirm', trial })
    return
  }
  if (message.kind === 'report' && server.served !== link) {
    if (link.number < server.newestServed) {
      link.serverOpen = false
      return
    }
    server.newestServed = link.number
    if (server.served !== undefined) serverLoses(world, server.served)
    server.served = link
  }
  if (server.served !== link) return
  // One unit of work: what it says it holds, and what was promised about its local changes.
  server.status = message.status
  if (message.kind === 'report') {
    server.local = message.local
    server.promised = machines.promise(server.promised, message.local)
    if (server.promised !== null) link.down.push({ kind: 'synced', revision: server.promised })
    input(world, { is: 'reported', status: message.status })
  } else {
    input(world, { is: 'configured', status: message.status, problem: message.problem })
  }
}

function input(world: ConfigWorld, given: ConfigPushInput): void {
  const { server } = world
  const before = server.push
  const step = world.machines.push(before, given)
  const shown = (state: typeof before): string => (state.is === 'open' && state.sent !== null ? 'sent' : state.is)
  world.count?.(
    'push',
    shown(before),
    given.is,
    `${shown(step.state)} ${step.effects.map((effect) => effect.do).join(' ')}`,
  )
  server.push = step.state
  // What is to be read takes a while; what is to be sent does not.
  for (const effect of step.effects) {
    if (effect.do === 'look' || server.served === undefined) server.work.push(effect)
    else carryOut(world, server, server.served, effect)
  }
}

export function serverWorks(world: ConfigWorld): boolean {
  const { server } = world
  const effect = server.work.shift()
  if (!server.up || effect === undefined) return false
  if (server.served !== undefined) carryOut(world, server, server.served, effect)
  return true
}

function carryOut(world: ConfigWorld, server: ConfigServer, link: ConfigLink, effect: ConfigPushEffect): void {
  switch (effect.do) {
    case 'look':
      if (server.cannotRead) {
        server.cannotRead = false
        input(world, { is: 'unreadable' })
        return
      }
      input(world, {
        is: 'newest',
        mark: server.newest && { instanceId: server.newest.instanceId, revision: server.newest.revision },
      })
      return
    case 'look-later':
      server.isLookDue = true
      return
    case 'confirm':
      link.down.push({ kind: 'confirm', trial: effect.trial })
      return
    case 'send':
      send(world, server, link, effect.mark)
  }
}

function send(
  world: ConfigWorld,
  server: ConfigServer,
  link: ConfigLink,
  mark: (ConfigPushEffect & { do: 'send' })['mark'],
): void {
  if (mark !== undefined && sameMark(givenUp(server.status), mark)) {
    throw new Violation('C4', `revision ${mark.revision} is sent again though the gateway said that it gave it up`)
  }
  if (!sameMark(server.newest, mark)) {
    throw new Error('What was read is sent at once.')
  }
  world.log?.('server', `sends revision ${mark?.revision ?? 'none'}`)
  link.down.push({ kind: 'configure', desired: server.newest ?? null })
}

/** Somebody agrees to what was changed at the gateway: SynchronizeSmartAGWebConfig. */
export function promises(world: ConfigWorld): boolean {
  const { server } = world
  if (!server.up || server.served === undefined || server.local.local === server.local.synced) return false
  server.promised = server.local.local
  server.answered.push(server.promised)
  server.served.down.push({ kind: 'synced', revision: server.promised })
  return true
}

export function looksAgain(world: ConfigWorld): boolean {
  const { server } = world
  if (!server.up || !server.isLookDue) return false
  server.isLookDue = false
  input(world, { is: 'changed' })
  return true
}

export function serverLoses(world: ConfigWorld, link: ConfigLink): void {
  const { server } = world
  link.serverOpen = false
  link.up.length = 0
  if (server.served !== link) return
  server.served = undefined
  input(world, { is: 'ended' })
  server.work = []
  server.isLookDue = false
}

export function serverDies(world: ConfigWorld): boolean {
  const { server } = world
  if (!server.up) return false
  for (const link of world.links) link.serverOpen = false
  server.up = false
  server.served = undefined
  server.push = closedPush
  server.work = []
  server.isLookDue = false
  return true
}

export function serverStarts(world: ConfigWorld): boolean {
  if (world.server.up) return false
  world.server.up = true
  return true
}
