import { configStatus, differenceOf, givenUp, localStatus, sameMark } from '@opensag/protocol'
import { Violation } from '../violation.ts'
import { quietWhile, timePasses } from './actions.ts'
import { type ConfigWorld, contentOf, cutsOff } from './world.ts'

/** The promises of a configuration: docs/gateway-protocol.md. */
export function judgeConfigInstant(world: ConfigWorld): void {
  const { inForce, trial } = world.gateway.record.durable
  if (trial === null && !world.proven.has(contentOf(inForce))) {
    throw new Violation('C1', `${contentOf(inForce)} would be in force for good and was never confirmed`)
  }
  if (trial !== null && !world.proven.has(contentOf(trial.previous))) {
    throw new Violation('C1', `it could only go back to ${contentOf(trial.previous)}, which was never confirmed`)
  }
}

const mostRounds = 12

/** Faults have ended; what cuts the gateway off runs into its deadline. */
export function judgeConfigEnd(world: ConfigWorld): void {
  const { gateway, server } = world
  gateway.fault = 'none'
  gateway.refuses = false
  server.cannotRead = false
  for (let round = 0; round < mostRounds; round++) {
    quietWhile(world)
    timePasses(world)
  }
  quietWhile(world)
  judgeConfigInstant(world)
  const { record, inEffect } = gateway.facts
  if (gateway.main === undefined || !inEffect || cutsOff(record.inForce)) {
    throw new Violation('C2', 'the gateway is not connected again')
  }
  if (record.trial !== null) throw new Violation('C3', 'something is on trial for ever')
  const status = configStatus(gateway.facts)
  if (JSON.stringify(server.status) !== JSON.stringify(status)) {
    throw new Violation('C3', 'the server does not know what the gateway holds')
  }
  judgeStatus(world)
  if (!world.isTampered) {
    const { synced } = gateway.localNow
    if (synced > 0 && !server.answered.includes(synced)) {
      throw new Violation('C6', `nobody has agreed to local revision ${synced}`)
    }
    for (const revision of server.answered) {
      // A later change at the console needs a word of its own.
      if (gateway.localNow.local === revision && gateway.localNow.synced < revision)
        throw new Violation('C5', `the promise of local revision ${revision} was lost`)
    }
  }
}

/** Either it holds the newest one, or what is shown says that it does not, and why. */
function judgeStatus({ gateway, server }: ConfigWorld): void {
  const { record } = gateway.facts
  const { newest } = server
  const { applied, trial, failing } = server.status
  const reverted = givenUp(server.status)
  const isOurs = (mark: typeof applied): boolean => mark?.instanceId === newest?.instanceId
  const difference = differenceOf({
    local: localStatus(server.local, server.promised),
    desired: newest?.revision ?? 0,
    reported: isOurs(applied) ? (applied?.revision ?? 0) : -1,
    onTrial: trial !== undefined,
    failing: failing === true,
    reverted: reverted !== undefined && isOurs(reverted) ? reverted.revision : undefined,
    unknown: false,
  })
  const holds = newest === undefined ? record.inForce === null : sameMark(record.inForce, newest)
  const isSame = gateway.localNow.local === gateway.localNow.synced
  if ((holds && isSame) !== (difference === undefined)) {
    throw new Violation(
      'C3',
      `it ${holds ? 'holds' : 'does not hold'} the newest, and what is shown says ${difference ?? 'that it does'}`,
    )
  }
  if (!holds && difference !== 'reverted' && difference !== 'local-change') {
    throw new Violation('C3', `it does not hold the newest for good, and ${difference} does not say why`)
  }
}

export function shownConfigState({ gateway, server }: ConfigWorld): string {
  const { inForce, trial, reverted } = gateway.record.durable
  const held = `${contentOf(inForce)}${trial === null ? '' : ` on trial, before ${contentOf(trial.previous)}`}${reverted === null ? '' : `, gave up ${reverted.reason}`}`
  const known = server.status.applied?.revision ?? 'none'
  const local = `local ${gateway.local.durable.local} of ${gateway.local.durable.synced}`
  return `gateway${gateway.up ? '' : ' (off)'}: ${held}, ${local} | server: newest ${server.newest?.revision ?? 'none'}, reported ${known}${server.promised === null ? '' : `, promised ${server.promised}`}`
}
