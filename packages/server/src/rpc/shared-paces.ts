export interface SharedPaces {
  /** Takes one for this name. @returns milliseconds until it has one again; 0 when it had one */
  take(name: string): number
  /** As if this name had taken so many here; it waits no longer than a minute for them. */
  charge(name: string, count: number): void
  /** The names that took at least so many since this was last asked, those with most first; none unless they are counted. */
  heaviest(least: number): readonly { readonly name: string; readonly taken: number }[]
}

export interface SharedPacesOptions {
  /** What a name gets back, in the long run. */
  readonly perSecond: number
  /** What it does not use is saved for so many seconds, so that it may have it all at once. */
  readonly savedSeconds: number
  /** Milliseconds on a clock that only moves forward. */
  readonly now: () => number
  /** Unknown outside, so that nobody can choose a name that shares places with another one. */
  readonly seed: number
  /** Whether it is counted what each name takes. */
  readonly counted?: boolean | undefined
}

const places = 2 ** 16
/** Names that are counted at a time, and of those how many are told. */
const mostCounted = 10_000
const mostTold = 200
/** Milliseconds that a name waits at most for what it took elsewhere. */
const longestWaitMs = 60_000

/**
 * How often something may happen under each of any number of names, in one megabyte. A name has a place in each of two
 * rows, which it may share; the better one counts. To keep a name from calling, others would have to use up what belongs
 * to both of its places. Nothing is ever forgotten to make room, so ever new names win nothing.
 */
export function createSharedPaces({
  perSecond,
  savedSeconds,
  now,
  seed,
  counted = false,
}: SharedPacesOptions): SharedPaces {
  const everyMs = 1000 / perSecond
  const savedMs = savedSeconds * 1000
  /** Per place the moment when all of it is back. */
  const first = new Float64Array(places)
  const second = new Float64Array(places)
  let taken = new Map<string, number>()

  function count(name: string): void {
    const before = taken.get(name)
    if (before !== undefined) taken.set(name, before + 1)
    else if (taken.size < mostCounted) taken.set(name, 1)
  }

  /** Of its two places, what is owed at most by a name. */
  function owed(one: number, other: number, time: number): number {
    return Math.max(time, Math.min(first[one] as number, second[other] as number))
  }

  function pay(one: number, other: number, paid: number): void {
    if ((first[one] as number) < paid) first[one] = paid
    if ((second[other] as number) < paid) second[other] = paid
  }

  return {
    take(name) {
      const one = hash(name, seed)
      const other = hash(name, ~seed)
      const time = now()
      const paid = owed(one, other, time) + everyMs
      const waitMs = paid - time - savedMs
      // By less than rounding does.
      if (waitMs > 1e-6) return waitMs
      pay(one, other, paid)
      if (counted) count(name)
      return 0
    },
    charge(name, count) {
      const one = hash(name, seed)
      const other = hash(name, ~seed)
      const time = now()
      const before = owed(one, other, time)
      pay(one, other, Math.max(before, Math.min(before + count * everyMs, time + savedMs + longestWaitMs)))
    },
    heaviest(least) {
      const found = [...taken].filter(([, count]) => count >= least)
      taken = new Map()
      const most = found.sort(([, one], [, other]) => other - one).slice(0, mostTold)
      return most.map(([name, count]) => ({ name, taken: count }))
    },
  }
}

/** A place; the mixing of MurmurHash3. */
function hash(name: string, seed: number): number {
  let mixed = seed | 0
  for (let index = 0; index < name.length; index++) {
    mixed = Math.imul(mixed ^ name.charCodeAt(index), 0xcc9e2d51)
    mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) & (places - 1)
}
