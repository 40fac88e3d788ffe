import type { Timers, WallClock } from '@opensag/protocol'
import { createProbeReporting } from '../connection-probes.ts'
import type { Teller } from '../connection-teller.ts'
import type { DesiredConfig } from '../desired-config.ts'
import type { HealthStatuses } from '../route-distribution.ts'
import { createHealthChecks } from './health-checks.ts'
import { createProbeTasks } from './probe-tasks.ts'
import { noProber, type Prober } from './prober.ts'

export interface ProbesOptions {
  /** Undefined: this gateway cannot send anything. */
  readonly prober: Prober | undefined
  readonly desiredConfig: Pick<DesiredConfig, 'inForce' | 'onTell'>
  /** How its health checks stand, whenever that has changed. */
  readonly onHealth?: ((statuses: HealthStatuses) => void) | undefined
  readonly timers: Timers
  readonly wallClock: WallClock
  /** A probe could not be made at all. Of what fails again and again one is told of each minute. */
  readonly problem: (error: unknown) => void
}

/** What a gateway probes: always what its configuration in force says. */
export function openProbes({ prober = noProber, desiredConfig, onHealth, timers, wallClock, problem }: ProbesOptions): {
  readonly reporting: Teller
  close(): void
} {
  let complainedAt = Number.NEGATIVE_INFINITY
  const probing = {
    ...{ prober, timers, wallClock },
    problem(error: unknown): void {
      if (timers.now() - complainedAt < 60_000) return
      complainedAt = timers.now()
      problem(error)
    },
  }
  const healthChecks = createHealthChecks(probing)
  const probeTasks = createProbeTasks(probing)

  function follow(): void {
    const { healthChecks: checks = [], probeTasks: tasks = [] } = desiredConfig.inForce()?.config ?? {}
    healthChecks.set(checks)
    probeTasks.set(tasks)
  }

  if (onHealth !== undefined) {
    healthChecks.onChange(() => onHealth(new Map(healthChecks.report().map(({ id, status }) => [id, status]))))
  }
  follow()
  desiredConfig.onTell(follow)
  return {
    reporting: createProbeReporting(healthChecks, probeTasks, probing),
    close() {
      healthChecks.close()
      probeTasks.close()
    },
  }
}
