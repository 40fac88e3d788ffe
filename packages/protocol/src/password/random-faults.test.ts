import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SettleVerdict } from '../messages.ts'
import {
  emptyRecord,
  type GatewayAnswer,
  type GatewayEffect,
  type GatewayFacts,
  type GatewayInput,
  gatewayFactsAfter,
  gatewayStep,
} from './gateway-machine.ts'
import {
  type Decision,
  type JournalOutcome,
  newChange,
  type ServerEffect,
  type ServerInput,
  type ServerState,
  serverStep,
  settleVerdict,
} from './server-machine.ts'

/** Both machines, a network that loses whatever is under way, and processes that die at any point. */
type ToServer =
  | GatewayAnswer
  | { readonly kind: 'ack'; readonly changeId: string }
  | { readonly kind: 'report'; readonly unsettled: string | null }
type ToGateway =
  | { readonly kind: 'set'; readonly changeId: string; readonly generation: number }
  | { readonly kind: 'settle'; readonly changeId: string; readonly verdict: SettleVerdict }

interface Change {
  readonly changeId: string
  readonly connection: number
  state: ServerState
  effects: ServerEffect[]
}

type PlannedChange = { readonly changeId: string; readonly generation: number }

const actions = [
  'connect',
  'request',
  'deliver to gateway',
  'deliver to server',
  'gateway works',
  'server works',
  'deadline',
  'server notices loss',
  'gateway notices loss',
  'gateway crashes',
  'server crashes',
  'write fails',
  'write fails late',
] as const
type Action = (typeof actions)[number]

/** Checked a million times: an assertion library would be most of the work. */
function must(holds: boolean, rule: string): void {
  if (!holds) throw new Error(`Broken: ${rule}.`)
}

function createWorld() {
  // Durable.
  const journal = new Map<string, JournalOutcome>()
  let facts: GatewayFacts = { record: emptyRecord, vault: 'hash of nothing' }
  // The gateway's memory.
  let gatewayConnection: number | undefined
  let tasks: { readonly connection: number; readonly message: ToGateway | 'report' }[] = []
  let plan: GatewayEffect[] = []
  let planOf: { readonly connection: number; readonly change: PlannedChange | undefined } = {
    connection: 0,
    change: undefined,
  }
  let fault: 'none' | 'before' | 'after' = 'none'
  // The server's memory.
  let serverConnection: number | undefined
  let ready = false
  const changes: Change[] = []
  // Between them.
  let connections = 0
  let requests = 0
  let generation = 0
  const toGateway: { readonly connection: number; readonly message: ToGateway }[] = []
  const toServer: { readonly connection: number; readonly message: ToServer }[] = []

  const hashOf = (changeId: string): string => `hash of ${changeId}`

  function expected(): string {
    let value = 'hash of nothing'
    for (const [changeId, outcome] of journal) if (outcome === 'succeeded') value = hashOf(changeId)
    return value
  }

  function decide(changeId: string, outcome: Decision): Decision {
    const now = journal.get(changeId)
    if (now !== 'requested') return now ?? 'failed'
    journal.set(changeId, outcome)
    return outcome
  }

  function serverInput(change: Change, input: ServerInput): void {
    const step = serverStep(change.state, input)
    change.state = step.state
    change.effects.push(...step.effects)
  }

  function endServerConnection(): void {
    const ended = serverConnection
    serverConnection = undefined
    ready = false
    for (const change of changes) if (change.connection === ended) serverInput(change, { is: 'disconnected' })
  }

  function inFlight(): Change | undefined {
    return changes.find((change) => change.state.is !== 'decided' || change.effects.length > 0)
  }

  function serverWorks(): void {
    const change = changes.find((one) => one.effects.length > 0)
    const effect = change?.effects.shift()
    if (change === undefined || effect === undefined) return
    const { connection, changeId } = change
    switch (effect.do) {
      case 'send-set':
        if (connection === serverConnection) {
          toGateway.push({ connection, message: { kind: 'set', changeId, generation: ++generation } })
        }
        return
      case 'send-settle':
        if (connection === serverConnection) {
          toGateway.push({ connection, message: { kind: 'settle', changeId, verdict: effect.verdict } })
        }
        return
      case 'decide':
        serverInput(change, { is: 'journalled', outcome: decide(changeId, effect.outcome) })
        return
      case 'close':
        if (connection === serverConnection) endServerConnection()
        return
      case 'answer':
        if (effect.outcome === 'accepted')
          must(facts.vault === hashOf(changeId), 'success means the new one and only it')
    }
  }

  function serverReceives(connection: number, message: ToServer): void {
    if (connection !== serverConnection) return
    const change = changes.find((one) => one.connection === connection && one.state.is !== 'decided')
    switch (message.kind) {
      case 'report':
        if (message.unsettled === null) {
          ready = true
        } else {
          const verdict = settleVerdict(
            journal.has(message.unsettled) ? decide(message.unsettled, 'failed') : undefined,
          )
          toGateway.push({ connection, message: { kind: 'settle', changeId: message.unsettled, verdict } })
        }
        return
      case 'settled':
        ready = true
        return
      case 'ack':
      case 'nack':
        if (change?.changeId === message.changeId) serverInput(change, { is: message.kind })
    }
  }

  function gatewayPlans(connection: number, change: PlannedChange | undefined, input: GatewayInput): void {
    planOf = { connection, change }
    plan = [...gatewayStep(facts, input)]
  }

  function gatewayWorks(): void {
    const effect = plan.shift()
    if (effect === undefined) {
      nextTask()
      return
    }
    const writes = effect.do === 'write-record' || effect.do === 'write-vault'
    if (writes && fault !== 'none') {
      const late = fault === 'after'
      fault = 'none'
      if (late) facts = gatewayFactsAfter(facts, effect)
      // A failing write of `set` is undone; any other one ends the connection, and the next one starts from the facts.
      if (planOf.change !== undefined) {
        gatewayPlans(planOf.connection, undefined, { is: 'failed', ...planOf.change })
        return
      }
      plan = []
      gatewayConnection = undefined
      return
    }
    facts = gatewayFactsAfter(facts, effect)
    if (effect.do === 'prepare') {
      const { changeId, generation: given } = effect
      const change = { changeId, generation: given }
      gatewayPlans(planOf.connection, change, { ...change, is: 'prepared', hash: hashOf(changeId) })
    } else if (effect.do === 'acknowledge' && planOf.connection === gatewayConnection) {
      toServer.push({ connection: planOf.connection, message: { kind: 'ack', changeId: effect.changeId } })
    } else if (effect.do === 'send' && planOf.connection === gatewayConnection) {
      toServer.push({ connection: planOf.connection, message: effect.message })
    }
  }

  function nextTask(): void {
    const task = tasks.shift()
    if (task === undefined || task.connection !== gatewayConnection) return
    const { connection, message } = task
    if (message === 'report') {
      const repair = gatewayStep(facts, { is: 'started' })
      if (repair.length > 0) {
        tasks.unshift(task)
        planOf = { connection, change: undefined }
        plan = [...repair]
        return
      }
      generation = Math.max(generation, facts.record.generation)
      const unsettled = facts.record.unsettled?.changeId ?? null
      toServer.push({ connection, message: { kind: 'report', unsettled } })
    } else if (message.kind === 'set') {
      gatewayPlans(connection, undefined, { ...message, is: 'set' })
    } else {
      gatewayPlans(connection, undefined, { ...message, is: 'settle' })
    }
  }

  function act(action: Action): void {
    switch (action) {
      case 'connect':
        if (gatewayConnection !== undefined) return
        gatewayConnection = ++connections
        endServerConnection()
        serverConnection = gatewayConnection
        tasks.push({ connection: gatewayConnection, message: 'report' })
        return
      case 'request': {
        if (!ready || serverConnection === undefined || inFlight() !== undefined) return
        const change: Change = {
          changeId: `change ${++requests}`,
          connection: serverConnection,
          state: newChange,
          effects: [],
        }
        journal.set(change.changeId, 'requested')
        changes.push(change)
        serverInput(change, { is: 'begin' })
        return
      }
      case 'deliver to gateway': {
        const next = toGateway.shift()
        if (next?.connection === gatewayConnection && next !== undefined) tasks.push(next)
        return
      }
      case 'deliver to server': {
        const next = toServer.shift()
        if (next !== undefined) serverReceives(next.connection, next.message)
        return
      }
      case 'gateway works':
        gatewayWorks()
        return
      case 'server works':
        serverWorks()
        return
      case 'deadline': {
        const change = changes.find((one) => one.state.is === 'waiting')
        if (change !== undefined) serverInput(change, { is: 'deadline' })
        return
      }
      case 'server notices loss':
        endServerConnection()
        return
      case 'gateway notices loss':
        gatewayConnection = undefined
        return
      case 'gateway crashes':
        gatewayConnection = undefined
        tasks = []
        plan = []
        fault = 'none'
        return
      case 'server crashes':
        serverConnection = undefined
        ready = false
        changes.length = 0
        for (const [changeId, outcome] of journal) if (outcome === 'requested') journal.set(changeId, 'failed')
        return
      case 'write fails':
        fault = 'before'
        return
      case 'write fails late':
        fault = 'after'
    }
  }

  /** What has to hold at every instant, whatever happened before. */
  function check(): void {
    const change = inFlight()
    const newest = [...journal.keys()].at(-1)
    const possible = newest === undefined ? [expected()] : [expected(), hashOf(newest)]
    must(facts.vault !== null && possible.includes(facts.vault), 'the old or the new one at every instant')
    must(
      !ready || change !== undefined || facts.vault === expected(),
      'connected and nothing under way: what was answered',
    )
  }

  /** No faults from here on. */
  function heal(): void {
    fault = 'none'
    act('gateway notices loss')
    for (let round = 0; round < 100; round++) {
      for (const action of [
        'connect',
        'deliver to gateway',
        'gateway works',
        'deliver to server',
        'server works',
      ] as const) {
        act(action)
        check()
      }
    }
    expect(ready).toBe(true)
    expect(facts.record.unsettled).toBeNull()
    expect(facts.vault).toBe(expected())
  }

  return {
    act,
    check,
    heal,
    succeeded: () => [...journal.values()].filter((outcome) => outcome === 'succeeded').length,
  }
}

const often: readonly Action[] = [
  'connect',
  'request',
  'deliver to gateway',
  'deliver to server',
  'gateway works',
  'server works',
]
const faultSchedule = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...often) }, { weight: 1, arbitrary: fc.constantFrom(...actions) }),
  { minLength: 20, maxLength: 300 },
)

test('whatever is lost, repeated or killed: success means the new password, failure the old one, and never two or none', () => {
  fc.assert(
    fc.property(faultSchedule, (schedule) => {
      const world = createWorld()
      for (const action of schedule) {
        world.act(action)
        world.check()
      }
      world.heal()
    }),
    { numRuns: 2000 },
  )
})

test('without faults a requested change succeeds', () => {
  const world = createWorld()
  world.act('connect')
  for (let round = 0; round < 40; round++) {
    if (round === 10) world.act('request')
    for (const action of ['server works', 'deliver to gateway', 'gateway works', 'deliver to server'] as const)
      world.act(action)
  }
  expect(world.succeeded()).toBe(1)
})
