import type { Secret } from '@opensag/protocol'
import {
  type Backoff,
  doubtsOf,
  type GatewayState,
  type JournalRecord,
  leftInDoubt,
  meaningOf,
  notBegun,
  type Outcome,
  type PasswordOperation,
  type PlannedGateway,
  pauseBefore,
  type RotationEffect,
  type RotationInput,
  type RotationSettings,
  rotationStep,
  stateAfter,
} from '@opensag/rotation'
import type { Called, Caller } from './call.ts'
import type { Slots } from './concurrency.ts'
import type { Journal } from './journal.ts'
import { shownRefusal } from './read.ts'
import type { Found } from './read-back.ts'
import { pauseUnless, type Stop } from './stop.ts'

/** What the rotation of every gateway of a run needs. */
export interface GatewayContext {
  readonly run: number
  readonly journal: Pick<Journal, 'write'>
  readonly caller: Caller
  readonly slots: Slots
  readonly stop: Stop
  readonly settings: RotationSettings
  readonly backoff: Backoff
  readonly chance: () => number
  /** Wall clock, ISO 8601. */
  readonly now: () => string
  readonly passwordOf: (gateway: number) => Secret
  readonly readBack: (gateway: PlannedGateway, gatewayState: GatewayState) => Promise<Found | undefined>
  /** True once it is connected again, false when it was waited for long enough. */
  readonly comesOnline: (gateway: PlannedGateway) => Promise<boolean>
}

export interface GatewayRun {
  /** Resolves when nothing more happens with it in this run. */
  readonly over: Promise<void>
  /** Resolves then, or as soon as it waits for the gateway to come back: a wave does not wait for that. */
  readonly settled: Promise<void>
}

export interface GatewayListener {
  changed(gatewayState: GatewayState): void
  /** Called before `settled` resolves; never, when the rotation was stopped before it was decided. */
  decided(outcome: Outcome): void
}

type OfGateway = Extract<JournalRecord, { readonly gateway: number }>

/** Runs the machine of one gateway: writes down, calls, waits. */
export function runGateway(
  context: GatewayContext,
  {
    index,
    gateway,
    gatewayState: before,
  }: { readonly index: number; readonly gateway: PlannedGateway; readonly gatewayState: GatewayState },
  listener: GatewayListener,
): GatewayRun {
  const { journal, stop, settings } = context
  let gatewayState = before
  let settle = (): void => {}
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })

  async function note(record: OfGateway): Promise<void> {
    // What happened has happened, also when it cannot be written down.
    gatewayState = stateAfter(gatewayState, record)
    listener.changed(gatewayState)
    await journal.write(record)
  }

  async function call(): Promise<RotationInput | undefined> {
    if (!('operation' in gateway.choice)) return undefined
    const { operation } = gateway.choice
    return context.slots.use(async () => {
      if (stop.reason !== undefined) return undefined
      await noteCall(operation)
      const called = await context.caller.call(
        gateway.regionId,
        operation,
        paramsOf(gateway, operation, context.passwordOf(index)),
      )
      return told(called)
    })
  }

  async function noteCall(operation: PasswordOperation): Promise<void> {
    const [at, endpointTime] = [context.now(), context.caller.endpointTime()]
    try {
      await note({ kind: 'calling', gateway: index, run: context.run, operation, at, endpointTime })
    } catch (error) {
      // Not on disk, so not sent. That it was not belongs behind it, should it get there after all.
      await note({ kind: 'not-sent', gateway: index, why: 'the journal cannot be written', at }).catch(() => undefined)
      throw error
    }
  }

  let askedMs = 0

  async function told(called: Called): Promise<RotationInput> {
    const at = context.now()
    if (called.is !== 'answered') {
      await note({ kind: called.is, gateway: index, why: called.why, at })
      return { is: called.is, why: called.why }
    }
    const { status, code, requestId } = called
    const meaning = meaningOf(called)
    askedMs = called.retryAfterMs ?? 0
    await note({ kind: 'answered', gateway: index, meaning, status, code, requestId, at })
    return { is: 'answered', meaning, why: shownRefusal(called) }
  }

  /** The input an effect ends with; undefined: the rotation stops here. */
  async function carryOut(effect: RotationEffect): Promise<RotationInput | undefined> {
    switch (effect.do) {
      case 'call':
        return call()
      case 'pause':
        await pauseUnless(
          stop,
          pauseBefore(context.backoff, { attempt: effect.attempt, chance: context.chance(), askedMs }),
        )
        return stop.reason === undefined ? { is: 'paused' } : undefined
      case 'read-back': {
        const found = await context.slots.use(() => context.readBack(gateway, gatewayState))
        if (found === undefined) return undefined
        const run = found.is === 'changed' ? found.run : undefined
        await note({ kind: 'checked', gateway: index, found: found.is, run })
        return { is: 'checked', found: found.is }
      }
      case 'await-online': {
        settle()
        const online = await context.comesOnline(gateway)
        if (stop.reason !== undefined) return undefined
        return { is: online ? 'online' : 'waited-enough' }
      }
      case 'halt':
        stop.now({ is: 'halted', why: effect.why })
        return undefined
    }
  }

  async function run(): Promise<void> {
    const { outcome } = gatewayState
    let state =
      doubtsOf(gatewayState).length === 0 ? notBegun : leftInDoubt(outcome?.is === 'unknown' ? outcome.why : undefined)
    let input: RotationInput | undefined = { is: 'begin' }
    while (input !== undefined) {
      const step = rotationStep(state, input, settings)
      state = step.state
      if (state.outcome !== undefined) {
        listener.decided(state.outcome)
        await note({ kind: 'decided', gateway: index, outcome: state.outcome, at: context.now() })
        return
      }
      const [effect] = step.effects
      input = effect && (await carryOut(effect))
    }
  }

  const over = run()
    .catch((error: unknown) => {
      // The journal cannot be written, or the program has a defect: either way nothing more may be begun.
      stop.now({ is: 'halted', why: (error as Error).message })
    })
    .then(settle)
  return { over, settled }
}

function paramsOf(
  { regionId, instanceId, serial }: PlannedGateway,
  operation: PasswordOperation,
  password: Secret,
): Readonly<Record<string, string | Secret>> {
  return operation === 'ModifySAGAdminPassword'
    ? { RegionId: regionId, SmartAGId: instanceId, SmartAGSn: serial, Password: password }
    : { RegionId: regionId, SagInsId: instanceId, SagSn: serial, Password: password }
}
