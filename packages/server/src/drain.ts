import { pause, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Health } from './health/health.ts'
import type { CallGate } from './rpc/call-gate.ts'

export interface DrainOptions {
  readonly health: Pick<Health, 'drain'>
  readonly gate: CallGate
  readonly timers: Timers
  readonly logger: Logger
  /** Milliseconds in which whoever sends calls here sees that it is not ready. */
  readonly delayMs: number
  /** Milliseconds that calls which were taken may take. */
  readonly graceMs: number
}

/**
 * What comes before a server is closed: no call that was taken fails because its gateways were sent away or its store
 * was closed. Calls that come too late are answered that the service is not there, and that their connection ends.
 */
export async function drain({ health, gate, timers, logger, delayMs, graceMs }: DrainOptions): Promise<void> {
  health.drain()
  if (delayMs > 0) {
    logger.info({ delayMs }, 'the server stops: it says that it is not ready, and goes on for a while')
    await pause(timers, delayMs)
  }
  let cancel = (): void => {}
  const late = new Promise<'late'>((resolve) => {
    cancel = timers.after(graceMs, () => resolve('late'))
  })
  const ended = await Promise.race([gate.close(), late])
  cancel()
  if (ended === 'late') logger.warn({ graceMs }, 'the server stops, and some calls have not been answered yet')
}
