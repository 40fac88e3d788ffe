import type { Logger } from 'pino'
import type { Store } from '../store.ts'
import { type Sweep, startSweep } from '../sweep.ts'
import { forgetGuesses } from './guesses.ts'

const everyMs = 60_000

/** Keeps failed logons from piling up. */
export function startGuessSweep(store: Pick<Store, 'write'>, now: () => number, logger: Logger): Sweep {
  const forget = async (): Promise<void> => void (await store.write((tx) => forgetGuesses(tx, now())))
  return startSweep({ everyMs, what: 'failed logons', logger, forget })
}
