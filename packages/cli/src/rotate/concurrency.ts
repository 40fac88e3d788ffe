/** At most so many at a time, in the order they came. */
export interface Slots {
  use<T>(work: () => Promise<T>): Promise<T>
}

export function createSlots(most: number): Slots {
  let free = most
  const waiting: (() => void)[] = []

  return {
    async use(work) {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        // The slot goes to the next one without being free in between.
        if (next === undefined) free += 1
        else next()
      }
    },
  }
}

/** All results, in the order of the items. Ends at the first failure, without beginning more. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  let failed = false
  async function take(): Promise<void> {
    while (next < items.length && !failed) {
      const index = next++
      try {
        results[index] = await work(items[index] as T)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, take))
  return results
}
