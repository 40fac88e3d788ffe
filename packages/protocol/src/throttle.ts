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

function isForgotten(failures: Failures | undefined, now: number, limits: Limits): boolean {
  return failures === undefined || now - failures.lastAt >= limits.memory
}

/** One way of telling guessers apart, such as by where they come from. */
export interface ThrottleScope {
  readonly limits: Limits
  /** How many are remembered; who failed longest ago is forgotten first. */
  readonly capacity: number
  /** Being right clears one who can only be themselves, and takes back one failure of those who may be many. */
  readonly onSuccess: 'clear' | 'takeBack'
  /**
   * Its wait is not for one who has no failures in the other scopes, so that others cannot lock them out. Only while there
   * is room to remember them: else whoever comes from ever new places could guess for ever.
   */
  readonly sparesNewcomers?: true
}

export type Attempt =
  | { readonly allowed: false; readonly wait: number }
  | { readonly allowed: true; readonly succeeded: () => void }

export interface Throttle<Keys extends readonly string[]> {
  /** `keys` names the guesser in each scope. The longest of the waits counts. */
  begin(keys: Keys, now: number): Attempt
  /** Guessers remembered now, in the scope that has most. */
  readonly size: number
}

export function createThrottle<const S extends readonly ThrottleScope[]>(
  scopes: S,
): Throttle<{ readonly [K in keyof S]: string }> {
  // In the order of their last failure, so the first is the one to forget when there are too many.
  const kept = scopes.map((scope) => ({ ...scope, failures: new Map<string, Failures>() }))

  /** Forgets those whose time is over first, so that they take no room. */
  function hasRoomFor({ failures, limits, capacity }: (typeof kept)[number], key: string, now: number): boolean {
    for (const [oldest, found] of failures) {
      if (!isForgotten(found, now, limits)) break
      failures.delete(oldest)
    }
    return !failures.has(key) && failures.size < capacity
  }

  return {
    begin(keys, now) {
      const mine = kept.map((scope, index) => ({ ...scope, key: keys[index] ?? '' }))
      const isNew = kept.every((scope, index) => scope.sparesNewcomers || hasRoomFor(scope, keys[index] ?? '', now))
      const waits = mine.map(({ failures, key, limits, sparesNewcomers }) =>
        sparesNewcomers && isNew ? 0 : waitOf(failures.get(key), now, limits),
      )
      const wait = Math.max(0, ...waits)
      if (wait > 0) return { allowed: false, wait }

      for (const { failures, key, limits, capacity } of mine) {
        const after = afterFailure(failures.get(key), now, limits)
        failures.delete(key)
        failures.set(key, after)
        for (const oldest of failures.keys()) {
          if (failures.size <= capacity) break
          failures.delete(oldest)
        }
      }
      return {
        allowed: true,
        succeeded() {
          for (const { failures, key, onSuccess } of mine) {
            const found = failures.get(key)
            if (found === undefined) continue
            if (onSuccess === 'clear' || found.count <= 1) failures.delete(key)
            else failures.set(key, { ...found, count: found.count - 1 })
          }
        },
      }
    },
    get size() {
      return Math.max(0, ...kept.map(({ failures }) => failures.size))
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
