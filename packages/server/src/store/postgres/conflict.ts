import { setTimeout as delay } from 'node:timers/promises'

/** `serialization_failure` and `deadlock_detected`: the transaction was undone only because of another one. */
const conflictCodes = new Set(['40001', '40P01'])

const maxAttempts = 12
const firstDelayMs = 1
const longestDelayMs = 100

export type Repeat = <T>(transaction: () => Promise<T>) => Promise<T>

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && conflictCodes.has(String(error.code))
}

/**
 * Runs a transaction again that met another one. Of one node only one at a time is repeated, so that those which met
 * do not meet once more; for those of other nodes the intervals grow and have chance in them.
 */
export function createRepeat(random: () => number, onConflict: (attempt: number, error: unknown) => void): Repeat {
  let last: Promise<unknown> = Promise.resolve()

  async function again<T>(transaction: () => Promise<T>): Promise<T> {
    for (let attempt = 2; ; attempt++) {
      try {
        return await transaction()
      } catch (error) {
        if (!isConflict(error) || attempt >= maxAttempts) throw error
        onConflict(attempt, error)
        await delay(random() * Math.min(firstDelayMs * 2 ** attempt, longestDelayMs))
      }
    }
  }

  return async (transaction) => {
    try {
      return await transaction()
    } catch (error) {
      if (!isConflict(error)) throw error
      onConflict(1, error)
      const repeated = last.then(() => again(transaction))
      // The next in line starts after this one, whatever became of it.
      last = repeated.then(
        () => undefined,
        () => undefined,
      )
      return repeated
    }
  }
}
