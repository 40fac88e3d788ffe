import type { Secret } from '@opensag/protocol'
import {
  type Amount,
  type GatewayState,
  isFailure,
  isTooMany,
  type Outcome,
  type PlannedGateway,
  type RunEnd,
} from '@opensag/rotation'
import { type GatewayContext, runGateway } from './gateway-run.ts'

export interface RunPlan {
  readonly gateways: readonly PlannedGateway[]
  /** What is known of each; the run keeps it up to date. */
  readonly gatewayStates: GatewayState[]
  /** The ones this run is to decide. */
  readonly isDue: (gatewayState: GatewayState) => boolean
  readonly mostFailures: Amount
}

export interface RunWatcher {
  wave(wave: number, gateways: number): void
  decided(gateway: PlannedGateway, outcome: Outcome): void
}

export interface RunnerContext extends Omit<GatewayContext, 'passwordOf'> {
  /** Makes sure that their new passwords cannot be lost, before any is sent. @throws when that cannot be */
  readonly prepare: (gateways: readonly number[]) => Promise<ReadonlyMap<number, Secret>>
  readonly watcher: RunWatcher
}

/** Wave by wave, until all are decided or something stops it. Answers how it ended; what happened is in the gatewayStates. */
export async function runWaves(context: RunnerContext, plan: RunPlan): Promise<RunEnd> {
  const { stop, journal } = context
  const passwords = new Map<number, Secret>()
  const away: Promise<unknown>[] = []
  const progress = { failed: 0, begun: 0 }

  function passwordOf(gateway: number): Secret {
    const password = passwords.get(gateway)
    if (password === undefined) throw new Error('A gateway is called for which no password was prepared.')
    return password
  }

  function count(gateway: PlannedGateway, outcome: Outcome): void {
    context.watcher.decided(gateway, outcome)
    if (!isFailure(outcome, gateway)) return
    progress.failed += 1
    if (isTooMany(plan.mostFailures, progress)) stop.now({ is: 'too-many-failures', failed: progress.failed })
  }

  async function runWave(wave: number, due: readonly number[]): Promise<void> {
    await journal.write({ kind: 'wave', wave, at: context.now(), gateways: due.length })
    context.watcher.wave(wave, due.length)
    for (const [index, password] of await context.prepare(due)) passwords.set(index, password)
    progress.begun += due.length
    const runs = due.map((index) => {
      const gateway = plan.gateways[index] as PlannedGateway
      const gatewayState = plan.gatewayStates[index] as GatewayState
      const run = runGateway(
        { ...context, passwordOf },
        { index, gateway, gatewayState },
        {
          changed(now) {
            plan.gatewayStates[index] = now
          },
          decided: (outcome) => count(gateway, outcome),
        },
      )
      away.push(run.over)
      return run.settled
    })
    await Promise.all(runs)
  }

  try {
    for (const [wave, due] of wavesOf(plan)) {
      if (stop.reason !== undefined) break
      await runWave(wave, due)
    }
  } catch (error) {
    stop.now({ is: 'halted', why: (error as Error).message })
  }
  await Promise.all(away)
  const reason = stop.reason ?? { is: 'finished' }
  // Nothing was left undone by it.
  return reason.is !== 'halted' && plan.gatewayStates.every(({ outcome }) => outcome !== undefined)
    ? { is: 'finished' }
    : reason
}

/** What is due of each wave, in the order of the waves; a wave with nothing due is left out. */
function wavesOf({ gateways, gatewayStates, isDue }: RunPlan): ReadonlyMap<number, readonly number[]> {
  const waves = new Map<number, number[]>()
  for (const [index, { wave }] of gateways.entries()) {
    const gatewayState = gatewayStates[index]
    if (wave === undefined || gatewayState === undefined || !isDue(gatewayState)) continue
    const due = waves.get(wave)
    if (due === undefined) waves.set(wave, [index])
    else due.push(index)
  }
  return new Map([...waves].sort(([a], [b]) => a - b))
}
