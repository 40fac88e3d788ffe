import type { Timers } from '@opensag/protocol'
import { createTeller, type Teller } from './connection-teller.ts'
import type { HealthChecks } from './probes/health-checks.ts'
import type { ProbeTasks } from './probes/probe-tasks.ts'

/** Tells the server what probes found. Most gateways have none, and nothing to tell. */
export function createProbeReporting(
  checks: Pick<HealthChecks, 'report' | 'onChange'>,
  tasks: Pick<ProbeTasks, 'results' | 'onChange'>,
  common: { readonly timers: Timers; readonly problem: (error: unknown) => void },
): Teller {
  const health = createTeller({
    ...{ needs: 'health-check', source: checks, ...common },
    read: async () => [{ kind: 'health', checks: checks.report() }],
    untold: [{ kind: 'health', checks: [] }],
  })
  const results = createTeller({
    ...{ needs: 'probe-task', source: tasks, ...common },
    read: async () => [{ kind: 'probed', results: tasks.results() }],
    untold: [{ kind: 'probed', results: [] }],
  })
  return {
    online(link, can) {
      health.online(link, can)
      results.online(link, can)
    },
    offline() {
      health.offline()
      results.offline()
    },
  }
}
