import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConfigMark, MarkedConfig } from '../messages.ts'
import {
  type ConfigEffect,
  type ConfigFacts,
  type ConfigInput,
  configFactsAfter,
  configStatus,
  configStep,
  trialInEffect,
} from './gateway-machine.ts'
import { type ConfigStatus, emptyConfigRecord, sameMark } from './record.ts'
import {
  type ConfigPushEffect,
  type ConfigPushInput,
  type ConfigPushState,
  closedPush,
  configPushStep,
  confirmations,
} from './server-machine.ts'

/** Both machines, configurations that cut the gateway off, a network that loses everything, processes that die. */
const actions = [
  'connect',
  'change',
  'probe',
  'deliver to gateway',
  'deliver to server',
  'gateway works',
  'server works',
  'change to one that cuts off',
  'deadline',
  'tries again',
  'server looks again',
  'gateway loses',
  'server loses',
  'gateway crashes',
  'server crashes',
  'write fails',
  'apply fails',
] as const
type Action = (typeof actions)[number]

type ToGateway =
  | { readonly kind: 'configure'; readonly desired: MarkedConfig | null }
  | { readonly kind: 'confirm'; readonly trial: number }
type ToServer = {
  readonly kind: 'report' | 'configured' | 'trial'
  readonly status: ConfigStatus
  readonly problem?: true
}

interface Connection {
  readonly id: number
  readonly isProbe: boolean
  /** The trial that was in effect when it was made. */
  readonly during: number
  readonly toGateway: ToGateway[]
  readonly toServer: ToServer[]
}

const cutting = -1

function must(holds: boolean, rule: string): void {
  if (!holds) throw new Error(`Broken: ${rule}.`)
}

function createWorld() {
  // Durable.
  let newest: MarkedConfig | undefined
  let row: ConfigStatus = {}
  let facts: ConfigFacts = { record: emptyConfigRecord, inEffect: false }
  // The gateway's memory.
  let main: Connection | undefined
  let probe: Connection | undefined
  let plan: ConfigEffect[] = [...configStep(facts, { is: 'started' })]
  let todo: ConfigInput[] = []
  let awaited: number | undefined
  let isReportDue = false
  let isAgainDue = false
  let fault: 'none' | 'write' | 'apply' = 'none'
  // The server's memory.
  let served: Connection | undefined
  let push: ConfigPushState = closedPush
  let work: ConfigPushEffect[] = []
  let later = false
  // For the rules.
  let connections = 0
  const everConfirmed = new Set<string>(['none'])
  const sentAfterGivenUp: ConfigMark[] = []

  const nameOf = (config: MarkedConfig | null): string => (config === null ? 'none' : `revision ${config.revision}`)
  const isCutOff = (): boolean => facts.inEffect && facts.record.inForce?.config.securityLockThreshold === cutting

  function pushInput(input: ConfigPushInput): void {
    const step = configPushStep(push, input)
    push = step.state
    work.push(...step.effects)
  }

  function change(content: number): void {
    const revision = (newest?.revision ?? 0) + 1
    newest = {
      instanceId: 'sag-one',
      revision,
      config: { cidrs: [], routingStrategy: 'static', securityLockThreshold: content, snat: [], probeAddresses: [] },
    }
    pushInput({ is: 'changed' })
  }

  function serverLoses(): void {
    served = undefined
    probe = undefined
    pushInput({ is: 'ended' })
    work = []
    later = false
  }

  function gatewayLoses(): void {
    main = undefined
    probe = undefined
  }

  function serverWorks(): void {
    const effect = work.shift()
    if (effect === undefined || served === undefined) return
    switch (effect.do) {
      case 'look':
        pushInput({ is: 'newest', mark: newest && { instanceId: newest.instanceId, revision: newest.revision } })
        return
      case 'look-later':
        later = true
        return
      case 'confirm':
        served.toGateway.push({ kind: 'confirm', trial: effect.trial })
        return
      case 'send':
        if (effect.mark !== undefined && sameMark(row.reverted, effect.mark)) sentAfterGivenUp.push(effect.mark)
        // The newest by now may be another one than the one that was read: only what was read is sent.
        if (newest !== undefined && sameMark(newest, effect.mark)) {
          served.toGateway.push({ kind: 'configure', desired: newest })
        } else {
          work.push({ do: 'look' })
          push = push.is === 'open' ? { ...push, sent: null } : push
        }
    }
  }

  function serverReceives(connection: Connection, message: ToServer): void {
    if (message.kind === 'trial') {
      for (const { trial } of confirmations(message.status)) connection.toGateway.push({ kind: 'confirm', trial })
      return
    }
    if (connection !== served) return
    row = message.status
    if (message.kind === 'report') pushInput({ is: 'reported', status: message.status })
    else pushInput({ is: 'configured', status: message.status, problem: message.problem === true })
  }

  function perform(effect: ConfigEffect): void {
    if (effect.do === 'write' && fault === 'write') {
      // Nothing that was to follow may happen; the server hears that it could not even be stored.
      fault = 'none'
      plan = []
      main?.toServer.push({ kind: 'configured', status: configStatus(facts), problem: true })
      return
    }
    if (effect.do === 'apply' && fault === 'apply') {
      fault = 'none'
      plan = [...configStep(facts, { is: 'apply-failed' })]
      return
    }
    facts = configFactsAfter(facts, effect)
    if (effect.do === 'apply-later') isAgainDue = true
    if (effect.do === 'await') awaited = effect.trial
    if (effect.do === 'tell') main?.toServer.push({ kind: 'configured', status: configStatus(facts) })
  }

  function gatewayWorks(): void {
    const effect = plan.shift()
    if (effect !== undefined) {
      perform(effect)
      return
    }
    const input = todo.shift()
    if (input !== undefined) {
      if (input.is === 'confirm' && configStep(facts, input).length > 0) everConfirmed.add(nameOf(facts.record.inForce))
      plan = [...configStep(facts, input)]
      if (input.is === 'configure' && facts.record.trial === null && plan[0]?.do === 'write') {
        const [{ record }] = plan as [ConfigEffect & { do: 'write' }]
        if (record.trial === null) everConfirmed.add(nameOf(record.inForce))
      }
    } else if (isReportDue && main !== undefined) {
      isReportDue = false
      main.toServer.push({ kind: 'report', status: configStatus(facts) })
    }
  }

  function connect(isProbe: boolean): Connection | undefined {
    if (isCutOff()) return undefined
    connections++
    return { id: connections, isProbe, during: trialInEffect(facts), toGateway: [], toServer: [] }
  }

  function act(action: Action): void {
    switch (action) {
      case 'connect':
        if (main !== undefined) return
        main = connect(false)
        if (main === undefined) return
        serverLoses()
        served = main
        isReportDue = true
        return
      case 'probe':
        if (trialInEffect(facts) === 0 || probe?.during === trialInEffect(facts)) return
        probe = connect(true)
        probe?.toServer.push({ kind: 'trial', status: configStatus(facts) })
        return
      case 'change':
        change((newest?.revision ?? 0) % 3)
        return
      case 'change to one that cuts off':
        change(cutting)
        return
      case 'deliver to gateway':
        for (const connection of [main, probe]) {
          const message = connection?.toGateway.shift()
          if (connection === undefined || message === undefined) continue
          todo.push(
            message.kind === 'configure'
              ? { is: 'configure', desired: message.desired, withinMs: 1000 }
              : { is: 'confirm', trial: message.trial, during: connection.during },
          )
        }
        return
      case 'deliver to server':
        for (const connection of [main, probe]) {
          const message = connection?.toServer.shift()
          if (connection !== undefined && message !== undefined) serverReceives(connection, message)
        }
        return
      case 'gateway works':
        gatewayWorks()
        return
      case 'server works':
        serverWorks()
        return
      case 'tries again':
        if (isAgainDue) todo.push({ is: 'again' })
        isAgainDue = false
        return
      case 'deadline':
        if (awaited !== undefined) todo.push({ is: 'deadline', trial: awaited })
        return
      case 'server looks again':
        if (later) pushInput({ is: 'changed' })
        later = false
        return
      case 'gateway loses':
        gatewayLoses()
        return
      case 'server loses':
        serverLoses()
        return
      case 'gateway crashes':
        gatewayLoses()
        todo = []
        awaited = undefined
        isAgainDue = false
        fault = 'none'
        facts = { ...facts, inEffect: false }
        plan = [...configStep(facts, { is: 'started' })]
        return
      case 'server crashes':
        serverLoses()
        return
      case 'write fails':
        fault = 'write'
        return
      case 'apply fails':
        fault = 'apply'
    }
  }

  function check(): void {
    const { inForce, trial } = facts.record
    must(trial !== null || everConfirmed.has(nameOf(inForce)), 'without a trial only what was confirmed is in force')
    must(trial === null || everConfirmed.has(nameOf(trial.previous)), 'it can only go back to what was confirmed')
    must(
      trial !== null || inForce?.config.securityLockThreshold !== cutting,
      'what cuts the gateway off is never confirmed',
    )
    must(sentAfterGivenUp.length === 0, 'what the gateway said it gave up is not sent again')
  }

  /** No faults, except that time passes: what cuts the gateway off runs into its deadline. */
  function heal(): void {
    fault = 'none'
    for (let round = 0; round < 200; round++) {
      const happening: Action[] = [
        'connect',
        'probe',
        'deliver to gateway',
        'gateway works',
        'deliver to server',
        'server works',
        'server looks again',
        'tries again',
      ]
      if (round % 40 === 39 && isCutOff()) happening.push('deadline')
      if (round === 0) happening.unshift('gateway loses')
      for (const action of happening) {
        act(action)
        check()
      }
    }
  }

  return {
    act,
    check,
    heal,
    facts: () => facts,
    row: () => row,
    newest: () => newest,
    isCutting: () => newest?.config.securityLockThreshold === cutting,
  }
}

const often: readonly Action[] = actions.slice(0, 7)
const faultSchedule = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...often) }, { weight: 2, arbitrary: fc.constantFrom(...actions) }),
  { minLength: 20, maxLength: 300 },
)

test('whatever is lost or killed: the newest configuration is in force and confirmed, or the server knows it was given up', () => {
  let [taken, givenUp] = [0, 0]
  fc.assert(
    fc.property(faultSchedule, (schedule) => {
      const world = createWorld()
      for (const action of schedule) {
        world.act(action)
        world.check()
      }
      world.heal()
      const newest = world.newest()
      const { record, inEffect } = world.facts()
      expect(inEffect).toBe(true)
      expect(record.trial).toBeNull()
      expect(world.row()).toEqual(configStatus(world.facts()))
      const isTaken = newest === undefined ? record.inForce === null : sameMark(record.inForce, newest)
      if (isTaken) taken++
      else givenUp++
      expect(isTaken || sameMark(record.reverted, newest)).toBe(true)
      if (world.isCutting()) expect(isTaken).toBe(false)
    }),
    { numRuns: 2000 },
  )
  // The schedules have shown both.
  expect(Math.min(taken, givenUp)).toBeGreaterThan(50)
})

test('without faults a change is taken, and one that cuts the gateway off is given up', () => {
  const world = createWorld()
  world.act('change')
  world.heal()
  expect(configStatus(world.facts())).toEqual({ applied: { instanceId: 'sag-one', revision: 1 } })
  world.act('change to one that cuts off')
  world.heal()
  expect(world.row()).toEqual({
    applied: { instanceId: 'sag-one', revision: 1 },
    reverted: { instanceId: 'sag-one', revision: 2, reason: 'unconfirmed' },
  })
  world.act('change')
  world.heal()
  expect(world.row()).toEqual({ applied: { instanceId: 'sag-one', revision: 3 } })
})
