import type { Logger } from 'pino'

export interface Sweep {
  /** Resolves when it is not under way any more. */
  close(): Promise<void>
}

export interface SweepOptions {
  readonly everyMs: number
  /** What it forgets, for the log. */
  readonly what: string
  readonly logger: Logger
  /** Ends early when `isOver` says so. A failure is logged, and the next one tries again. */
  readonly forget: (isOver: () => boolean) => Promise<void>
}

/** Forgets at intervals what must not pile up, one sweep at a time. */
export function startSweep({ everyMs, what, logger, forget }: SweepOptions): Sweep {
  let closed = false
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= forget(() => closed)
      .catch((error) => logger.error({ err: error }, `background work failed: ${what}`))
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  timer.unref()

  return {
    async close() {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}

/**
 * Batch by batch, each in a commit that requests can share, until less than a whole one is found.
 * @param forgetBatch answers how many it has forgotten
 */
export async function inBatches(
  size: number,
  forgetBatch: () => Promise<number>,
  isOver: () => boolean,
): Promise<void> {
  for (let forgotten = size; forgotten >= size && !isOver(); ) forgotten = await forgetBatch()
}
