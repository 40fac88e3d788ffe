import type { Logger } from 'pino'
import type { Store } from '../store.ts'
import { type Sweep, startSweep } from '../sweep.ts'
import { howToForget, lastSealOf, partitionSize } from './partitions.ts'
import { type Overdue, overdue, trailSize } from './retention.ts'
import type { SealKey } from './seal-key.ts'
import { anchorOf, forgetPartition, forgetSealed, mostOfASeal, type Sealing, sealOldest, sealsAfter } from './seals.ts'

const everyMs = 10_000
const dayMs = 24 * 60 * 60_000
/** Entries wait this long for their seal, unless many wait. */
const sealAfterMs = 5 * 60_000
/** Seals a server that stops still makes; the next start makes the others. */
const sealsAtTheEnd = 20

export interface TrailKeeping {
  readonly store: Store
  readonly sealKey: SealKey
  /** How long entries are kept. */
  readonly days: number | undefined
  /** About how many bytes of disk they may take. */
  readonly mostBytes: number | undefined
  readonly wallClock: () => number
  readonly logger: Logger
}

export interface TrailKeeper {
  /** One round: seals what waits, then deletes what is too old or too much. */
  round(isOver: () => boolean): Promise<void>
  /** About the bytes of disk the trail takes, as of the last round. */
  readonly bytes: () => number
  /** Seals what waits, however little it is. */
  sealAll(most: number): Promise<void>
}

/** Days, where nothing else is set. */
export const defaultAuditDays = 180

export function createTrailKeeper(keeping: TrailKeeping): TrailKeeper {
  const { store, sealKey, days = defaultAuditDays, mostBytes = 5000 * 1024 * 1024, wallClock, logger } = keeping
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const sealing: Sealing = { store, sealKey, wallClock, turn, highest: 0 }
  const { auditPartitions: partitions } = store
  const size = partitionSize(days * dayMs, mostBytes)
  let [sealedAt, bytes, isCut] = [wallClock(), 0, false]

  async function seal(isOver: () => boolean): Promise<void> {
    const now = wallClock()
    // A clock that was set back must not stop it either.
    const isTime = now - sealedAt >= sealAfterMs || now < sealedAt
    for (let least = isTime ? 1 : mostOfASeal; !isOver() && (await sealOldest(sealing, least)) > 0; ) sealedAt = now
    if (isTime) sealedAt = now
  }

  async function forget(isOver: () => boolean): Promise<void> {
    const now = wallClock()
    const limits = { before: now - days * dayMs, now, mostBytes }
    const found = await overdue(store, limits)
    tellReason(found)
    while (!isOver()) {
      const partition = await partitions?.oldest()
      const { oldest, last, goneBytes } = await store.read(async (db) => ({
        oldest: (await sealsAfter(db, 0, 1))[0],
        last: partition && (await lastSealOf(db, partition)),
        goneBytes: (await anchorOf(db))?.total_bytes ?? 0,
      }))
      if (oldest === undefined) return
      const isDue = {
        byAge: oldest.number <= found.byAge ? found.byAge : 0,
        bySize: oldest.number <= found.bySize ? found.bySize : 0,
      }
      const how = howToForget(isDue, partition && { isClosed: partition.isClosed, last }, {
        ...limits,
        spanMs: size.spanMs,
        goneBytes,
      })
      if (how === 'seal') {
        await store.write((tx) => forgetSealed(tx, oldest, now, sealKey))
        continue
      }
      if (how !== 'partition' || partition === undefined) return
      const marks = { at: now, sealKey }
      const isDropped = await partitions?.drop(partition, (tx) => forgetPartition(tx, partition, last, marks))
      if (isDropped !== true) return
    }
  }

  /** One line when size begins to decide what is deleted, and one when age does again. */
  function tellReason({ byAge, bySize }: Overdue): void {
    const isBySize = bySize > byAge
    if (isBySize === isCut || (!isBySize && byAge === 0)) return
    isCut = isBySize
    const facts = { mostBytes, days }
    if (isCut) logger.warn(facts, 'the audit trail is as large as it may be: entries are deleted before their time')
    else logger.warn(facts, 'audit entries are kept for their whole time again')
  }

  return {
    async round(isOver) {
      await partitions?.advance(size, wallClock())
      await seal(isOver)
      bytes = (await store.read(trailSize)).bytes
      await forget(isOver)
    },
    bytes: () => bytes,
    async sealAll(most) {
      for (let made = 0; made < most && (await sealOldest(sealing, 1)) > 0; ) made += 1
    },
  }
}

/** Seals the trail and keeps it within its bounds, for as long as the server runs. */
export function startTrailKeeper(keeping: TrailKeeping): Sweep & Pick<TrailKeeper, 'bytes'> {
  const { logger } = keeping
  const keeper = createTrailKeeper(keeping)
  const sweep = startSweep({ everyMs, what: 'the audit trail', logger, forget: keeper.round })
  return {
    bytes: keeper.bytes,
    async close() {
      await sweep.close()
      // A store that cannot write must not keep a server from stopping.
      await keeper
        .sealAll(sealsAtTheEnd)
        .catch((error) => logger.error({ err: error }, 'sealing the audit trail failed'))
    },
  }
}
