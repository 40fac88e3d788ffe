import { TooManyNonces } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Reader } from '../store.ts'

/** The number is looked up again after so many of this node's own. */
const lookEvery = 1000

export interface NonceRoom {
  /** Takes room for one more. @throws TooManyNonces when there is none */
  take(): Promise<void>
  /** Some have been forgotten. */
  given(): void
}

/**
 * Bounds the used nonces of a database that several nodes write. To count before each call would cost a statement more;
 * so each node counts on from what it last saw, and goes beyond the bound by little: what the others took meanwhile.
 */
export function createNonceRoom({
  count,
  most,
  onEvent,
}: {
  readonly count: () => Promise<number>
  readonly most: number
  readonly onEvent: (event: StoreEvent) => void
}): NonceRoom {
  let seen = 0
  let own = lookEvery
  let isFull = false
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    seen = await count()
    own = 0
  }

  return {
    async take() {
      if (own >= lookEvery || seen + own >= most) {
        looking ??= look().finally(() => {
          looking = undefined
        })
        await looking
      }
      const wasFull = isFull
      isFull = seen + own >= most
      own++
      if (!isFull) return
      own--
      if (!wasFull) onEvent({ kind: 'nonces-full', most })
      throw new TooManyNonces(most)
    },
    given() {
      own = lookEvery
    },
  }
}

/** At most so many: what was given an id since the oldest one. Reads one row at either end, whatever their number. */
export async function nonceCount(db: Reader): Promise<number> {
  const { first, last } = await db
    .selectFrom('nonce')
    .select(({ fn }) => [fn.min('id').as('first'), fn.max('id').as('last')])
    .executeTakeFirstOrThrow()
  return last === null || first === null ? 0 : Number(last) - Number(first) + 1
}
