import type { SendAlert } from './alerts/sender.ts'
import { startAlerts } from './alerts/work.ts'
import { type AutoUpgradeContext, upgradeByPolicies } from './auto-upgrades.ts'
import { advanceJobs, type JobContext } from './jobs/engine.ts'
import { createJobMemory } from './jobs/memory.ts'
import { jobDays, passwordDays } from './model/job.ts'
import type { Sealer } from './sealing/sealing.ts'
import type { ServerOptions } from './server-options.ts'
import type { SignatureFence } from './signature-fence.ts'
import { startGuessSweep } from './store/access/guess-sweep.ts'
import { startNonceSweep } from './store/access/nonce-sweep.ts'
import { startSessionSweep } from './store/access/session-sweep.ts'
import { defaultAuditDays, startTrailKeeper } from './store/audit/keeper.ts'
import type { SealKey } from './store/audit/seal-key.ts'
import { endOldRotations, forgetJobs } from './store/jobs/runs.ts'
import { healNetworks } from './store/pops/heal.ts'
import { startConnectionSweep } from './store/remote-users/connection-records.ts'
import type { TellGateways } from './store/repositories.ts'
import { keepAllSeries } from './store/series/keep.ts'
import { lookMs } from './store/series/user-steps.ts'
import { startSweep } from './store/sweep.ts'

interface BackgroundContext extends AutoUpgradeContext, Omit<JobContext, 'memory'> {
  readonly sealKey: SealKey
  readonly sealer: Sealer
  readonly sendAlert: SendAlert
  /** A fresh identifier with this prefix. */
  readonly newId: (prefix: string) => string
  /** Whoever tries it out does not wait for alerts. */
  readonly isSandbox: boolean
  readonly fence: SignatureFence
  /** Read anew what this node keeps in memory and another one may have changed; none where there is only this one. */
  readonly refreshes: readonly (() => Promise<void>)[]
  readonly wallClock: () => number
  readonly tellGateways: TellGateways
}

interface BackgroundWork {
  readonly parts: readonly { close(): Promise<void> }[]
  /** How much of the store the audit trail takes up. */
  readonly trailBytes: ReturnType<typeof startTrailKeeper>['bytes']
}

/** So long may pass until a node hears what an operator, or the forgetting of nonces, changed at another one. */
const refreshMs = 10_000
/** So long a gateway may be without what its network should be, when nothing that was called has changed that. */
const healMs = 60_000

/** So late an upgrade begins at most after its window. */
const upgradeMs = 60_000

/** So long at most until what became of an item is followed by what comes next. */
const jobMs = 1000
const forgetJobsMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000

/**
 * What a server does beside its requests: it forgets what no longer counts, seals the audit trail, heals networks, has gateways
 * upgraded by their policies, tells of alerts, and runs jobs.
 */
export function startBackgroundWork(
  { auditDays, auditBytes }: Pick<ServerOptions, 'auditDays' | 'auditBytes'>,
  context: BackgroundContext,
): BackgroundWork {
  const { store, sealKey, fence, refreshes, wallClock, businessClock, logger } = context
  const trail = startTrailKeeper({ store, sealKey, days: auditDays, mostBytes: auditBytes, wallClock, logger })
  const jobs = { ...context, memory: createJobMemory() }
  const refresh = async (): Promise<void> => {
    for (const one of refreshes) await one()
  }
  const parts = [
    ...(refreshes.length === 0
      ? []
      : [startSweep({ everyMs: refreshMs, what: 'what other nodes changed', logger, forget: refresh })]),
    startSweep({
      everyMs: healMs,
      what: 'the networks of gateways',
      logger,
      forget: (isOver) => healNetworks(context, isOver),
    }),
    startSweep({
      everyMs: upgradeMs,
      what: 'the upgrades of gateways by their policies',
      logger,
      forget: (isOver) => upgradeByPolicies(context, isOver),
    }),
    ...startAlerts({ ...context, send: context.sendAlert }),
    startSweep({ everyMs: jobMs, what: 'jobs', logger, forget: (isOver) => advanceJobs(jobs, isOver) }),
    startSweep({
      everyMs: forgetJobsMs,
      what: 'jobs that ended long ago',
      logger,
      async forget(isOver) {
        await endOldRotations(store, wallClock() - passwordDays * dayMs)
        await forgetJobs(store, wallClock() - jobDays * dayMs, isOver)
      },
    }),
    startSweep({
      everyMs: lookMs,
      what: 'the series of gateways and remote users',
      logger,
      forget: (isOver) => keepAllSeries(store, wallClock(), isOver),
    }),
    startNonceSweep(store, { wallClock, forgetting: fence.forget, logger }),
    startSessionSweep(store, wallClock, logger),
    startGuessSweep(store, wallClock, logger),
    startConnectionSweep(store, { days: auditDays ?? defaultAuditDays, now: businessClock, logger }),
    trail,
  ]
  return { parts, trailBytes: trail.bytes }
}
