import type { Logger } from 'pino'
import { Throttled } from './gateway-errors.ts'

/** Milliseconds after which a caller that found no room may come again: many times what the calls inside take. */
const againMs = 1000

export interface CallRoom {
  /**
   * Takes a place for one call.
   *
   * @returns gives the place back; more than once changes nothing
   * @throws Throttled when there is none
   */
  enter(): () => void
}

/**
 * Bounds the calls that are worked on at once. Each of them waits for those before it, so beyond what a server can answer
 * every answer would come later and later, at last to callers that have given up. Within the bound they keep their time,
 * and what is refused costs little, as nothing of it is looked at. Channels of gateways are no calls: they go on.
 */
export function createCallRoom(most: number, logger: Pick<Logger, 'warn'>): CallRoom {
  let calls = 0
  let isFull = false

  function leave(): void {
    calls--
    if (!isFull || calls > most / 2) return
    isFull = false
    logger.warn({ most }, 'no calls are refused any more for want of room')
  }

  return {
    enter() {
      if (calls >= most) {
        if (!isFull) logger.warn({ most }, 'as many calls at once as may be: further ones are refused')
        isFull = true
        throw new Throttled('Throttling', againMs)
      }
      calls++
      let isInside = true
      return () => {
        if (isInside) leave()
        isInside = false
      }
    },
  }
}
