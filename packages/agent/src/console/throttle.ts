import { type Attempt, createThrottle, type Limits } from '@opensag/protocol'

/** C: nothing is published about throttling. One source tries some 100 passwords a day. */
export const perAddress: Limits = { free: 5, firstWait: 1_000, longestWait: 900_000, memory: 3_600_000 }
/** C: for guesses spread over many sources; slower to close and quicker to open, since it makes everybody wait who has been wrong before. */
export const everybody: Limits = { free: 50, firstWait: 1_000, longestWait: 60_000, memory: 600_000 }

/** How often the administrator's password may be tried at this console. */
export interface ConsoleThrottle {
  /**
   * @param known somebody who has proved to be no stranger: others cannot make him wait, and his failures count for nobody
   *   else, nor for where he comes from
   */
  begin(source: string, now: number, known?: string): Attempt
  /** Sources remembered now. */
  readonly size: number
}

const maximumSources = 1_000

export function createConsoleThrottle(limits = { perAddress, everybody }, capacity = maximumSources): ConsoleThrottle {
  const throttle = createThrottle([
    { limits: limits.perAddress, capacity, onSuccess: 'clear' },
    { limits: limits.everybody, capacity: 1, onSuccess: 'takeBack', sparesNewcomers: true },
  ])
  const acquainted = createThrottle([{ limits: limits.perAddress, capacity, onSuccess: 'clear' }])
  return {
    begin: (source, now, known) =>
      known === undefined ? throttle.begin([source, 'everybody'], now) : acquainted.begin([known], now),
    get size() {
      return throttle.size
    },
  }
}
