import type { Logger } from 'pino'
import type { ServerOptions } from './server-options.ts'
import type { SignatureFence } from './signature-fence.ts'
import { startGuessSweep } from './store/access/guess-sweep.ts'
import { startNonceSweep } from './store/access/nonce-sweep.ts'
import { startSessionSweep } from './store/access/session-sweep.ts'
import { defaultAuditDays, startTrailKeeper } from './store/audit/keeper.ts'
import type { SealKey } from './store/audit/seal-key.ts'
import { startConnectionSweep } from './store/remote-users/connection-records.ts'
import type { Store } from './store/store.ts'

interface BackgroundContext {
  readonly store: Store
  readonly sealKey: SealKey
  readonly fence: SignatureFence
  readonly wallClock: () => number
  readonly businessClock: () => number
  readonly logger: Logger
}

interface BackgroundWork {
  readonly parts: readonly { close(): Promise<void> }[]
  /** How much of the store the audit trail takes up. */
  readonly trailBytes: ReturnType<typeof startTrailKeeper>['bytes']
}

/** What a server does beside its requests: it forgets what no longer counts, and seals the audit trail. */
export function startBackgroundWork(
  { auditDays, auditBytes }: Pick<ServerOptions, 'auditDays' | 'auditBytes'>,
  { store, sealKey, fence, wallClock, businessClock, logger }: BackgroundContext,
): BackgroundWork {
  const trail = startTrailKeeper({ store, sealKey, days: auditDays, mostBytes: auditBytes, wallClock, logger })
  const parts = [
    startNonceSweep(store, { wallClock, forgetting: fence.forget, logger }),
    startSessionSweep(store, wallClock, logger),
    startGuessSweep(store, wallClock, logger),
    startConnectionSweep(store, { days: auditDays ?? defaultAuditDays, now: businessClock, logger }),
    trail,
  ]
  return { parts, trailBytes: trail.bytes }
}
