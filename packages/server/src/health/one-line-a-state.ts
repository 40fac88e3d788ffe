import type { Logger } from 'pino'
import { OutcomeUnknown, StoreUnavailable, WriteFailed } from '../store/errors.ts'

/**
 * A logger that leaves failed commits to {@link watchStoreWrites}, which writes one line for each change of state. What
 * each call, gateway or sweep says of its own failed commit is a detail: thousands of equal lines hide all the others,
 * and on a full disk they fill what is left.
 */
export function oneLineAState(logger: Logger): Logger {
  // Inherits: the level of the logger it is made of can change at any time.
  const quiet = Object.create(logger) as Logger
  quiet.error = ((facts: unknown, ...more: [string]) =>
    isFailedCommit(facts) ? logger.debug(facts, ...more) : logger.error(facts, ...more)) as Logger['error']
  return quiet
}

function isFailedCommit(facts: unknown): boolean {
  if (typeof facts !== 'object' || facts === null || !('err' in facts)) return false
  return [WriteFailed, StoreUnavailable, OutcomeUnknown].some((failed) => facts.err instanceof failed)
}
