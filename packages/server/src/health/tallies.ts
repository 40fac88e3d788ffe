import { Histogram, type Registry } from 'prom-client'

/** How many values were at most each bound, and their sum. */
export interface Tally {
  add(value: number): void
  /** How many were in each bucket, those beyond the last bound at the end. */
  readonly counts: readonly number[]
  readonly sum: number
}

export function newTally(bounds: readonly number[]): Tally {
  const counts = new Array<number>(bounds.length + 1).fill(0)
  let sum = 0
  return {
    add(value) {
      let bucket = 0
      while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++
      counts[bucket] = (counts[bucket] as number) + 1
      sum += value
    },
    counts,
    get sum() {
      return sum
    },
  }
}

export interface Tallied<L extends string> {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly L[]
  readonly bounds: readonly number[]
  readonly tallies: () => readonly (readonly [Readonly<Record<L, string>>, Tally])[]
}

/**
 * Adds a histogram that is filled when somebody asks. That of the library makes a text of the labels and looks it up
 * with each value: 2 us where the operations change, which is too much for what each call goes through.
 */
export function addTallies<L extends string>(registry: Registry, tallied: Tallied<L>): void {
  new TalliedHistogram(registry, tallied)
}

class TalliedHistogram<L extends string> extends Histogram<L> {
  private readonly tallied: Tallied<L>

  constructor(registry: Registry, tallied: Tallied<L>) {
    const { name, help, labelNames, bounds } = tallied
    super({ name, help, labelNames: [...labelNames], buckets: [...bounds], registers: [registry] })
    this.tallied = tallied
  }

  /** What the registry, and `get` too, ask for. */
  async getForPromString() {
    const { name, help, bounds, tallies } = this.tallied
    const values = tallies().flatMap(([labels, { counts, sum }]) => {
      let count = 0
      const buckets = [...bounds, '+Inf'].map((le, bucket) => {
        count += counts[bucket] as number
        return { value: count, labels: { le, ...labels }, metricName: `${name}_bucket` }
      })
      return [
        ...buckets,
        { value: sum, labels, metricName: `${name}_sum` },
        { value: count, labels, metricName: `${name}_count` },
      ]
    })
    return { name, help, type: 'histogram', values }
  }
}
