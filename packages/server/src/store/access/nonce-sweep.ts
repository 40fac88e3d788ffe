import type { Logger } from 'pino'
import type { Store } from '../store.ts'
import { inBatches, type Sweep, startSweep } from '../sweep.ts'
import { type Forgetting, forgetBatch } from './nonces.ts'

const everyMs = 60_000

export interface NonceSweepOptions extends Pick<Forgetting, 'forgetting'> {
  readonly wallClock: () => number
}

/** Keeps expired nonces from piling up. */
export function startNonceSweep(
  store: Store,
  { logger, ...options }: NonceSweepOptions & { readonly logger: Logger },
): Sweep {
  return startSweep({ everyMs, what: 'nonces', logger, forget: (isOver) => forgetAllExpired(store, options, isOver) })
}

export function forgetAllExpired(
  store: Pick<Store, 'forgetNonces'>,
  { wallClock, forgetting }: NonceSweepOptions,
  isOver: () => boolean,
): Promise<void> {
  return inBatches(forgetBatch, () => store.forgetNonces(wallClock(), forgetting), isOver)
}
