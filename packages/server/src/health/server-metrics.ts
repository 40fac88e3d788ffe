import { Registry } from 'prom-client'
import type { AdminPasswords } from '../model/gateway-requests.ts'
import type { StoreEvent } from '../store/events.ts'
import type { Store } from '../store/store.ts'
import { type CallMetrics, createCallMetrics } from './call-metrics.ts'
import { countedPasswords } from './counted-passwords.ts'
import type { Health } from './health.ts'
import { addLookedUp, type LookedUp } from './metrics.ts'
import { addProcessMetrics } from './process-metrics.ts'
import { watchStoreEvents, watchStoreState } from './store-metrics.ts'

/** What a server shows at `/metrics`. */
export interface ServerMetrics {
  readonly calls: CallMetrics
  readonly onStoreEvent: (event: StoreEvent) => void
  countPasswords(passwords: AdminPasswords): AdminPasswords
  /** Adds what is looked up in parts of the server, once they are there. */
  watch(watched: Watched): void
  readonly text: () => Promise<string>
  close(): Promise<void>
}

export interface Watched {
  readonly store: Pick<Store, 'state'>
  readonly health: Pick<Health, 'disk' | 'writes'>
  /** Failed authentications since the start. */
  readonly failures: () => readonly { readonly action: string; readonly reason: string; readonly count: number }[]
  /** About the bytes the audit trail takes. */
  readonly trailBytes: () => number
  /** Gateways that are connected to this node. */
  readonly gateways: () => number
  /** Connections that were closed since the start because there were too many. */
  readonly refusedConnections: () => readonly { readonly reason: string; readonly count: number }[]
  /** Undefined: they cannot be counted. */
  readonly passwords: () => Promise<{ readonly default: number; readonly old: number } | undefined>
}

/** @param doorCodes the codes that any operation may answer */
export function createServerMetrics(doorCodes: ReadonlySet<string>): ServerMetrics {
  const registry = new Registry()
  const ofProcess = addProcessMetrics(registry)
  return {
    calls: createCallMetrics(registry, doorCodes),
    onStoreEvent: watchStoreEvents(registry),
    countPasswords: (passwords) => countedPasswords(passwords, registry),
    watch(watched) {
      watchStoreState(registry, watched.store)
      addLookedUp(registry, lookedUpIn(watched))
    },
    text: () => registry.metrics(),
    close: async () => ofProcess.close(),
  }
}

function lookedUpIn({
  health,
  failures,
  trailBytes,
  gateways,
  refusedConnections,
  passwords,
}: Watched): readonly LookedUp[] {
  const one = (value: () => number | undefined) => () => [{ value: value() }]
  return [
    {
      name: 'opensag_authentication_failures_total',
      help: 'Calls and logons that did not prove who made them.',
      type: 'counter',
      labelNames: ['action', 'reason'],
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
      labelNames: ['reason'],
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
}
