import {
  afterTrials,
  type ConfigEffect,
  configFactsAfter,
  configStatus,
  type Reach,
  trialInEffect,
  watchReach,
} from '@opensag/protocol'
import { cutPower, settle } from '../disk-file.ts'
import { Violation } from '../violation.ts'
import {
  type ConfigGateway,
  type ConfigLink,
  type ConfigWorld,
  configMemory,
  contentOf,
  cutsOff,
  cutsOffAtOnce,
} from './world.ts'

/** The gateway's program: one step of its plan, its disk, or its inbox. */
export function gatewayWorks(world: ConfigWorld): boolean {
  const { gateway } = world
  if (!gateway.up) return false
  const [effect] = gateway.plan
  if (effect !== undefined) {
    perform(world, gateway, effect)
    return true
  }
  const input = gateway.todo.shift()
  if (input !== undefined) {
    world.log?.('gateway', `takes up: ${input.is}`)
    if (input.is === 'edit' || input.is === 'agreed') changeLocal(world, gateway, input)
    else decide(world, gateway, input)
    // Nobody asked for it, so the server has to be told.
    if (input.is === 'cleared') gateway.isReportDue = true
    return true
  }
  if (gateway.isReportDue && gateway.main !== undefined) {
    gateway.isReportDue = false
    gateway.main.up.push({ kind: 'report', status: configStatus(gateway.facts), local: gateway.localNow })
    return true
  }
  return false
}

function decide(
  world: ConfigWorld,
  gateway: ConfigGateway,
  input: Parameters<ConfigWorld['machines']['gateway']>[1],
): void {
  const effects = world.machines.gateway(gateway.facts, input)
  const { record } = gateway.facts
  world.count?.(
    'gateway',
    `${record.trial === null ? 'settled' : 'on trial'}${gateway.facts.inEffect ? '' : ', not in effect'}`,
    input.is,
    effects.map((effect) => effect.do).join(' '),
  )
  // What needs no proof, the machine takes without a trial.
  const [first] = effects
  if (input.is === 'confirm' && first?.do === 'write') prove(world, gateway)
  gateway.plan = [...effects]
  if (input.is !== 'apply-failed') gateway.planFor = input.is
}

/** Confirmed: the gateway has been reached with it. */
function prove(world: ConfigWorld, gateway: ConfigGateway): void {
  const { inForce } = gateway.facts.record
  if (cutsOff(inForce)) throw new Violation('C2', 'a configuration that cuts the gateway off was confirmed')
  world.proven.add(contentOf(inForce))
}

function perform(world: ConfigWorld, gateway: ConfigGateway, effect: ConfigEffect): void {
  if (effect.do === 'write') {
    write(world, gateway, effect)
    return
  }
  if (effect.do === 'apply' && gateway.refuses) {
    gateway.refuses = false
    gateway.facts = { ...gateway.facts, inEffect: false }
    world.log?.('gateway', 'its system refuses the configuration')
    decide(world, gateway, { is: 'apply-failed' })
    return
  }
  gateway.plan.shift()
  gateway.facts = configFactsAfter(gateway.facts, effect)
  if (effect.do === 'apply') {
    world.log?.('gateway', `puts in force: ${contentOf(effect.config)}`)
    if (cutsOffAtOnce(effect.config)) loseAll(world)
  } else if (effect.do === 'await') gateway.awaited = effect.trial
  else if (effect.do === 'apply-later') gateway.isAgainDue = true
  else if (effect.do === 'tell') {
    if (gateway.main !== undefined) reachOf(gateway).heard()
    gateway.main?.up.push({ kind: 'configured', status: configStatus(gateway.facts), problem: false })
  }
}

/** First the rename, then the sync; a write that fails takes the rest of the plan with it. */
function write(world: ConfigWorld, gateway: ConfigGateway, effect: ConfigEffect & { do: 'write' }): void {
  if (!gateway.renamed) {
    const { fault } = gateway
    gateway.fault = 'none'
    if (fault !== 'full') gateway.record.visible = effect.record
    if (fault !== 'none') {
      world.log?.('gateway', `cannot write its record (${fault})`)
      writeFails(world, gateway)
      return
    }
    gateway.renamed = true
    if (world.machines.sync) return
  } else {
    settle(gateway.record)
  }
  gateway.renamed = false
  gateway.plan.shift()
  gateway.facts = configFactsAfter(gateway.facts, effect)
  const { inForce, trial } = effect.record
  if (trial === null && inForce !== null && !world.proven.has(contentOf(inForce))) {
    throw new Violation('C1', `${contentOf(inForce)} is in force for good and was never confirmed`)
  }
  world.log?.('gateway', `record: ${contentOf(inForce)}${trial === null ? '' : ` on trial ${trial.number}`}, durable`)
}

/** As the agent does: a disk that takes nothing must keep nobody cut off. */
function writeFails(world: ConfigWorld, gateway: ConfigGateway): void {
  gateway.plan = []
  const { record } = gateway.facts
  if (gateway.planFor === 'started') {
    gateway.awaited = record.trial?.number
    gateway.facts = { record, inEffect: true }
    if (cutsOffAtOnce(record.inForce)) loseAll(world)
  } else if (gateway.planFor === 'deadline') {
    gateway.facts = { record, inEffect: false }
  } else if (gateway.planFor === 'configure') {
    gateway.main?.up.push({ kind: 'configured', status: configStatus(gateway.facts), problem: true })
  } else if (gateway.main !== undefined && gateway.planFor !== 'unreached') {
    loseLink(world, gateway.main)
  }
}

function loseAll(world: ConfigWorld): void {
  for (const link of [world.gateway.main, world.gateway.probe]) if (link !== undefined) loseLink(world, link)
}

function changeLocal(
  world: ConfigWorld,
  gateway: ConfigGateway,
  input: { is: 'edit' } | { is: 'agreed'; revision: number },
): void {
  const { fault, local, localNow } = gateway
  gateway.fault = 'none'
  const next =
    input.is === 'edit' ? { ...localNow, local: localNow.local + 1 } : world.machines.agreed(localNow, input.revision)
  if (fault !== 'full') local.visible = next
  if (fault !== 'none') {
    // A person at the console is told; an order of the server ends the connection.
    if (input.is === 'agreed' && gateway.main !== undefined) loseLink(world, gateway.main)
    return
  }
  settle(local)
  gateway.localNow = next
  gateway.isReportDue = true
}

export function gatewayConnects(world: ConfigWorld, isProbe: boolean): boolean {
  const { gateway, server } = world
  const { facts } = gateway
  if (!gateway.up || !server.up || (facts.inEffect && cutsOff(facts.record.inForce))) return false
  const during = trialInEffect(facts)
  if (isProbe ? during === 0 || gateway.probe?.during === during : gateway.main !== undefined) return false
  const link: ConfigLink = {
    number: ++world.linkNumber,
    name: `link ${world.linkNumber}`,
    during,
    isProbe,
    down: [],
    up: isProbe ? [{ kind: 'trial', status: configStatus(facts) }] : [],
    gatewayOpen: true,
    serverOpen: true,
  }
  world.links.push(link)
  world.log?.('gateway', `${link.name}${isProbe ? ' to be confirmed by' : ''}, made during trial ${during}`)
  if (isProbe) {
    if (gateway.probe !== undefined) loseLink(world, gateway.probe)
    gateway.probe = link
  } else {
    gateway.main = link
    gateway.isReportDue = true
    reachOf(gateway).heard()
  }
  return true
}

/** Nobody is there, or it does not get through. One attempt in four takes its time, and ends after something else has happened. */
export function gatewaySeeksInVain({ gateway }: ConfigWorld, choice: number): boolean {
  if (!gateway.up || gateway.main !== undefined) return false
  const reach = reachOf(gateway)
  if (choice % 4 === 0) reach.failed()
  reach.begin()
  if (choice % 4 !== 0) reach.failed()
  return true
}

function reachOf(gateway: ConfigGateway): Reach {
  gateway.reach ??= watchReach(
    {
      afterTrials: () => afterTrials(gateway.facts),
      async unreached(after) {
        gateway.todo.push({ is: 'unreached', after })
      },
    },
    (error) => {
      throw error
    },
  )
  return gateway.reach
}

export function loseLink(world: ConfigWorld, link: ConfigLink): void {
  const { gateway } = world
  link.gatewayOpen = false
  link.down.length = 0
  if (gateway.main === link) gateway.main = undefined
  if (gateway.probe === link) gateway.probe = undefined
}

export function gatewayDies(world: ConfigWorld): boolean {
  const { gateway } = world
  if (!gateway.up) return false
  for (const link of [...world.links]) if (link.gatewayOpen) loseLink(world, link)
  gateway.up = false
  gateway.renamed = false
  return true
}

export function gatewayLosesPower(world: ConfigWorld, survives: number): boolean {
  if (!gatewayDies(world)) return false
  cutPower(world.gateway.record, (survives & 1) !== 0)
  cutPower(world.gateway.local, (survives & 2) !== 0)
  return true
}

export function gatewayStarts(world: ConfigWorld): boolean {
  const { gateway } = world
  if (gateway.up) return false
  // Opening the disk makes durable what can be read.
  settle(gateway.record)
  settle(gateway.local)
  Object.assign(gateway, configMemory(gateway.record.visible, gateway.local.visible))
  gateway.up = true
  decide(world, gateway, { is: 'started' })
  return true
}
