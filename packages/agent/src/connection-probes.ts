import type { Capability, FromGateway, Timers } from '@opensag/protocol'
import type { GatewayLink } from './connection-session.ts'
import type { HealthChecks } from './probes/health-checks.ts'
import type { ProbeTasks } from './probes/probe-tasks.ts'

/** Tells the server what probes found, as long as there is a connection: at its beginning and after each change. */
export interface ProbeReporting {
  /** @param can what the server can do: one that does not know such a message would end the connection */
  online(link: Pick<GatewayLink, 'send'>, can: readonly Capability[]): void
  offline(): void
}

export function createProbeReporting(
  checks: Pick<HealthChecks, 'report' | 'onChange'>,
  tasks: Pick<ProbeTasks, 'results' | 'onChange'>,
  timers: Timers,
): ProbeReporting {
  const health = createTeller('health-check', timers, checks, () => {
    const report = checks.report()
    return { message: { kind: 'health', checks: report }, isEmpty: report.length === 0 }
  })
  const results = createTeller('probe-task', timers, tasks, () => {
    const found = tasks.results()
    return { message: { kind: 'probed', results: found }, isEmpty: found.length === 0 }
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

/** Of changes that come faster only the last is told. */
const changesMs = 1_000

function createTeller(
  needs: Capability,
  timers: Timers,
  source: { onChange(listener: () => void): void },
  read: () => { readonly message: FromGateway; readonly isEmpty: boolean },
): ProbeReporting {
  let link: Pick<GatewayLink, 'send'> | undefined
  let cancel: (() => void) | undefined
  let toldAt = Number.NEGATIVE_INFINITY
  let hasTold = false

  function tell(): void {
    cancel = undefined
    const { message, isEmpty } = read()
    // Most gateways have none, and nothing to say.
    if (link === undefined || (isEmpty && !hasTold)) return
    toldAt = timers.now()
    hasTold = true
    link.send(message)
  }

  source.onChange(() => {
    if (link !== undefined) cancel ??= timers.after(Math.max(0, toldAt + changesMs - timers.now()), tell)
  })
  return {
    online(opened, can) {
      if (!can.includes(needs)) return
      link = opened
      hasTold = false
      tell()
    },
    offline() {
      link = undefined
      cancel?.()
      cancel = undefined
    },
  }
}
