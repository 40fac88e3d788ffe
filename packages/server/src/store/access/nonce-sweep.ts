import type { Logger } from 'pino'
import type { Store } from '../store.ts'
import { type Forgetting, forgetBatch } from './nonces.ts'

const everyMs = 60_000

export interface NonceSweep {
  /** Resolves when no sweep is under way any more. */
  close(): Promise<void>
}

export interface SweepOptions extends Pick<Forgetting, 'forgetting'> {
  readonly wallClock: () => number
}

/** Keeps expired nonces from piling up. */
export function startNonceSweep(
  store: Store,
  { logger, ...world }: SweepOptions & { readonly logger: Logger },
): NonceSweep {
  let closed = false
  let running: Promise<void> | undefined

  async function sweep(): Promise<void> {
    try {
      await forgetAllExpired(store, world, () => closed)
    } catch (error) {
      logger.error({ err: error }, 'sweeping nonces failed')
    }
    running = undefined
  }
  const timer = setInterval(() => {
    running ??= sweep()
  }, everyMs)

  return {
    async close() {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}

/** Batch by batch, each in a commit that requests can share, until less than a whole one is found. */
export async function forgetAllExpired(
  store: Pick<Store, 'forgetNonces'>,
  { wallClock, forgetting }: SweepOptions,
  isOver: () => boolean,
): Promise<void> {
  let forgotten = forgetBatch
  while (forgotten >= forgetBatch && !isOver()) forgotten = await store.forgetNonces(wallClock(), forgetting)
}
