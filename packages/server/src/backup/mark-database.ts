import { openBusinessClock } from '../business-clock.ts'
import { openPostgresStore } from '../store/postgres/open.ts'
import { type Marked, type Marking, markRestored } from './mark-restored.ts'

export interface DatabaseMarking extends Pick<Marking, 'aheadMs' | 'keepKeys'> {
  /** Its URL. */
  readonly database: string
  readonly wallClock: () => number
}

/**
 * Marks a PostgreSQL database as restored that was put in place by other means, while no server runs on it.
 *
 * @throws UnknownKeys, NewerDataFolder
 */
export async function markDatabase({ database, wallClock, ...given }: DatabaseMarking): Promise<Marked> {
  // All of it is one unit of work, however large the fleet.
  const store = await openPostgresStore({ connectionString: database, waitMs: 600_000 })
  try {
    const clock = await openBusinessClock(store, wallClock)
    return await markRestored(store, { ...given, at: wallClock(), businessNow: clock.now() })
  } finally {
    await store.close()
  }
}
