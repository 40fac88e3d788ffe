import type { DesiredConfig } from './desired-config.ts'

/**
 * Whether the server could be reached once a configuration was given up that nobody had confirmed. If it could not, that one
 * need not be what cut the gateway off.
 */
export interface Reach {
  /** A connection is sought now. */
  begin(): void
  /** The server has answered. */
  heard(): void
  /** It has not, or the connection has ended. */
  failed(): void
}

/** @param problem what was found out could not be kept */
export function watchReach(
  desiredConfig: Pick<DesiredConfig, 'afterTrials' | 'unreached'>,
  problem: (error: unknown) => void,
): Reach {
  /** How many trials were over when it was heard of last; a trial that goes on at the start of this process is not. */
  let heardAfter = desiredConfig.afterTrials() ?? -1
  let begunAfter: number | undefined
  return {
    begin() {
      begunAfter = desiredConfig.afterTrials()
    },
    heard() {
      heardAfter = desiredConfig.afterTrials() ?? heardAfter
    },
    failed() {
      if (begunAfter !== undefined && begunAfter > heardAfter) desiredConfig.unreached(begunAfter).catch(problem)
      begunAfter = undefined
    },
  }
}
