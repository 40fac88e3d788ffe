import type { Health } from './health.ts'
import { type Metric, metricsText } from './metrics.ts'

export interface Watched {
  readonly health: Pick<Health, 'disk' | 'writes'>
  /** Failed authentications since the start. */
  readonly failures: () => readonly { readonly action: string; readonly reason: string; readonly count: number }[]
  /** About the bytes the audit trail takes. */
  readonly trailBytes: () => number
  /** Gateways that are connected to this node. */
  readonly gateways: () => number
  /** Undefined: they cannot be counted. */
  /** Connections that were closed since the start because there were too many. */
  readonly refusedConnections: () => readonly { readonly reason: string; readonly count: number }[]
  readonly passwords: () => Promise<{ readonly default: number; readonly old: number } | undefined>
}

/** What a server shows at `/metrics`. */
export function serverMetrics({
  health,
  failures,
  trailBytes,
  gateways,
  refusedConnections,
  passwords,
}: Watched): () => Promise<string> {
  const one = (value: () => number | undefined) => () => [{ value: value() }]
  const metrics: readonly Metric[] = [
    {
      name: 'opensag_authentication_failures_total',
      help: 'Calls and logons that did not prove who made them.',
      type: 'counter',
      samples: () => failures().map(({ action, reason, count }) => ({ value: count, labels: { action, reason } })),
    },
    {
      name: 'opensag_audit_trail_bytes',
      help: 'About the bytes of disk that sealed audit entries take.',
      type: 'gauge',
      samples: one(trailBytes),
    },
    {
      name: 'opensag_disk_free_bytes',
      help: 'Free bytes on the disk of the data folder.',
      type: 'gauge',
      samples: one(health.disk.freeBytes),
    },
    {
      name: 'opensag_disk_low',
      help: '1 while less is free than the floor, so that changes are refused.',
      type: 'gauge',
      samples: one(() => Number(health.disk.isLow())),
    },
    {
      name: 'opensag_store_commit_failures_total',
      help: 'Commits of the store that failed.',
      type: 'counter',
      samples: one(health.writes.failures),
    },
    {
      name: 'opensag_connections_refused_total',
      help: 'Connections closed because their source (source) or the server (all) held as many as it may.',
      type: 'counter',
      samples: () => refusedConnections().map(({ reason, count }) => ({ value: count, labels: { reason } })),
    },
    {
      name: 'opensag_gateways_connected',
      help: 'Gateways connected to this node.',
      type: 'gauge',
      samples: one(gateways),
    },
    {
      name: 'opensag_gateways_default_password',
      help: 'Gateways whose administrator password was never set or changed since they enrolled.',
      type: 'gauge',
      samples: async () => [{ value: (await passwords())?.default }],
    },
    {
      name: 'opensag_gateways_old_password',
      help: 'Gateways whose administrator password is older than --admin-password-max-age.',
      type: 'gauge',
      samples: async () => [{ value: (await passwords())?.old }],
    },
  ]
  return () => metricsText(metrics)
}
