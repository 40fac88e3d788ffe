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

/** What it follows and tells: the configuration of one gateway. */
export interface Reached {
  /** See `afterTrials` of the machine. */
  afterTrials(): number | undefined
  /** The input `unreached` of the machine. @throws when that could not be stored */
  unreached(after: number): Promise<void>
}

/** @param problem what was found out could not be kept */
export function watchReach(config: Reached, problem: (error: unknown) => void): Reach {
  /** How many trials were over when it was heard of last; a trial that goes on at the start of this process is not. */
  let heardAfter = config.afterTrials() ?? -1
  let begunAfter: number | undefined
  return {
    begin() {
      begunAfter = config.afterTrials()
    },
    heard() {
      heardAfter = config.afterTrials() ?? heardAfter
    },
    failed() {
      if (begunAfter !== undefined && begunAfter > heardAfter) config.unreached(begunAfter).catch(problem)
      begunAfter = undefined
    },
  }
}
