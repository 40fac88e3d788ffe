import {
  type Amount,
  type Answer,
  isFailure,
  isTooMany,
  keyOf,
  meaningOf,
  notBegun,
  type Outcome,
  type PasswordOperation,
  type PlannedGateway,
  pauseBefore,
  type RotationInput,
  type RotationState,
  rotationStep,
} from '@opensag/rotation'

/** What a rotation uses: the API, the clock and chance. */
export interface RotationContext {
  /** Makes the call. `lost`: it was sent and nothing came back. */
  call(gateway: PlannedGateway, operation: PasswordOperation, password: string): Promise<Answer | 'lost'>
  /** What became of the calls made since `begunAt`, by the server's own record. */
  readBack(gateway: PlannedGateway, begunAt: number): Promise<'changed' | 'unchanged' | 'unknown'>
  pause(ms: number): Promise<void>
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 up to 1. */
  chance(): number
  /** The one that this gateway gets. */
  password(gateway: PlannedGateway): string
}

export interface RunSettings {
  /** Calls at one time. */
  readonly atOnce: number
  /** More failures than this, of the gateways begun so far, stop it. */
  readonly mostFailures: Amount
  readonly attempts: number
}

export interface GatewayProgress {
  readonly gateway: PlannedGateway
  readonly state: 'waiting' | 'running' | 'done'
  readonly outcome: Outcome | undefined
  /** The one that was sent. It may be in force when the outcome is `changed` or `unknown`. */
  readonly password: string | undefined
}

export type RunEnd = 'complete' | 'stopped' | 'too-many' | 'halted'

export interface RunReport {
  progress(progress: GatewayProgress): void
  wave(number: number): void
  /** Asked between calls: somebody wants it to stop. */
  isStopped(): boolean
}

/** Wave after wave; a wave begins when the one before has ended within the limit. */
export async function runRotation(
  plan: readonly PlannedGateway[],
  settings: RunSettings,
  context: RotationContext,
  report: RunReport,
): Promise<{ readonly end: RunEnd; readonly why: string }> {
  const waves = Math.max(-1, ...plan.map(({ wave }) => wave ?? -1)) + 1
  let [failed, begun] = [0, 0]
  let halted: string | undefined
  for (const gateway of plan) {
    if ('unsupported' in gateway.choice) {
      const outcome: Outcome = { is: 'unsupported', why: gateway.choice.unsupported }
      report.progress({ gateway, state: 'done', outcome, password: undefined })
    }
  }
  for (let number = 0; number < waves; number += 1) {
    const members = plan.filter(({ wave }) => wave === number)
    report.wave(number)
    begun += members.length
    const queue = [...members]
    const isOver = (): boolean =>
      halted !== undefined || report.isStopped() || isTooMany(settings.mostFailures, { failed, begun })
    const worker = async (): Promise<void> => {
      for (
        let gateway = isOver() ? undefined : queue.shift();
        gateway;
        gateway = isOver() ? undefined : queue.shift()
      ) {
        const ended = await rotateOne(gateway, settings, context, report)
        if ('halt' in ended) halted = ended.halt
        else if (isFailure(ended.outcome, gateway)) failed += 1
      }
    }
    await Promise.all(Array.from({ length: Math.min(settings.atOnce, members.length) }, worker))
    if (halted !== undefined) return { end: 'halted', why: halted }
    if (isTooMany(settings.mostFailures, { failed, begun })) return { end: 'too-many', why: '' }
    if (report.isStopped()) return { end: 'stopped', why: '' }
  }
  return { end: 'complete', why: '' }
}

async function rotateOne(
  gateway: PlannedGateway,
  settings: RunSettings,
  context: RotationContext,
  report: RunReport,
): Promise<{ readonly outcome: Outcome } | { readonly halt: string }> {
  const { choice } = gateway
  if ('unsupported' in choice) throw new Error(`${keyOf(gateway)} belongs to no wave.`)
  // One for all attempts: whichever worked, it is this one.
  const password = context.password(gateway)
  const begunAt = context.now()
  const rules = { attempts: settings.attempts, canReadBack: true, repeatLost: true, waitOffline: false }
  report.progress({ gateway, state: 'running', outcome: undefined, password })
  let state: RotationState = notBegun
  let input: RotationInput | undefined = { is: 'begin' }
  while (input !== undefined) {
    const step = rotationStep(state, input, rules)
    state = step.state
    input = undefined
    for (const effect of step.effects) {
      if (effect.do === 'halt') {
        // Of the gateway nothing is known that was not known before.
        report.progress({ gateway, state: 'waiting', outcome: undefined, password: undefined })
        return { halt: effect.why }
      }
      if (effect.do === 'call') input = await inputOf(context.call(gateway, choice.operation, password))
      else if (effect.do === 'read-back') input = { is: 'checked', found: await context.readBack(gateway, begunAt) }
      else if (effect.do === 'pause') {
        await context.pause(
          pauseBefore({ firstMs: 500, longestMs: 8000 }, { attempt: effect.attempt, chance: context.chance() }),
        )
        input = { is: 'paused' }
      } else input = { is: 'waited-enough' }
    }
  }
  const outcome = state.outcome ?? { is: 'unknown', why: state.why }
  report.progress({ gateway, state: 'done', outcome, password: mayBeInForce(outcome) ? password : undefined })
  return { outcome }
}

async function inputOf(call: Promise<Answer | 'lost'>): Promise<RotationInput> {
  const answer = await call
  if (answer === 'lost') return { is: 'lost', why: 'no answer came' }
  return { is: 'answered', meaning: meaningOf(answer), why: answer.code ?? `HTTP ${answer.status}` }
}

function mayBeInForce({ is }: Outcome): boolean {
  return is === 'changed' || is === 'unknown'
}
