/**
 * How often a password may be tried. Pure: it knows no clock and no sockets.
 *
 * An attempt is counted as a failure when it begins and taken back when it turns out right, so that many at once are not
 * cheaper than one after another. While somebody has to wait, nothing is looked at, not even a right password.
 */
export interface Limits {
  /** Failures that cost no waiting. */
  readonly free: number
  /** Milliseconds to wait after the last free failure; each one more doubles it. */
  readonly firstWait: number
  readonly longestWait: number
  /** Milliseconds without a failure after which all is forgotten; longer than `longestWait`. */
  readonly memory: number
}

export interface Failures {
  readonly count: number
  /** Milliseconds since 1970 of the last one. */
  readonly lastAt: number
}

/** C: nothing is published about throttling. One source tries some 100 passwords a day. */
export const perAddress: Limits = { free: 5, firstWait: 1_000, longestWait: 900_000, memory: 3_600_000 }
/** C: for guesses spread over many sources; slower to close and quicker to open, since it locks out everybody. */
export const everybody: Limits = { free: 50, firstWait: 1_000, longestWait: 60_000, memory: 600_000 }

/** Milliseconds still to wait; 0 when an attempt may begin. */
export function waitOf(failures: Failures | undefined, now: number, limits: Limits): number {
  if (failures === undefined || failures.count < limits.free) return 0
  const wait = Math.min(limits.longestWait, limits.firstWait * 2 ** Math.min(failures.count - limits.free, 40))
  // A clock set back must not lock anybody out for longer than the rule says.
  return Math.max(0, Math.min(wait, failures.lastAt + wait - now))
}

export function afterFailure(failures: Failures | undefined, now: number, limits: Limits): Failures {
  return { count: isForgotten(failures, now, limits) ? 1 : (failures?.count ?? 0) + 1, lastAt: now }
}

export function isForgotten(failures: Failures | undefined, now: number, limits: Limits): boolean {
  return failures === undefined || now - failures.lastAt >= limits.memory
}

export type Attempt =
  | { readonly allowed: false; readonly wait: number }
  | { readonly allowed: true; readonly succeeded: () => void }

export interface Throttle {
  begin(source: string, now: number): Attempt
  /** Sources remembered now. */
  readonly size: number
}

const maximumSources = 1_000

export function createThrottle(limits = { perAddress, everybody }, capacity = maximumSources): Throttle {
  // In the order of their last failure, so the first is the one to forget when there are too many.
  const sources = new Map<string, Failures>()
  let all: Failures | undefined

  return {
    begin(source, now) {
      const before = sources.get(source)
      const wait = Math.max(waitOf(before, now, limits.perAddress), waitOf(all, now, limits.everybody))
      if (wait > 0) return { allowed: false, wait }

      sources.delete(source)
      sources.set(source, afterFailure(before, now, limits.perAddress))
      all = afterFailure(all, now, limits.everybody)
      for (const oldest of sources.keys()) {
        if (sources.size <= capacity) break
        sources.delete(oldest)
      }
      return {
        allowed: true,
        succeeded() {
          sources.delete(source)
          if (all !== undefined) all = { ...all, count: Math.max(0, all.count - 1) }
        },
      }
    },
    get size() {
      return sources.size
    },
  }
}

/** One customer usually has a whole /64 of IPv6, so that counts as one source. */
export function sourceOf(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  return `${firstGroups(address.split('%')[0] ?? address).join(':')}::/64`
}

function firstGroups(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right].slice(0, 4)
}
