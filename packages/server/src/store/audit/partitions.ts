import type { Reader, Writer } from '../store.ts'
import type { Seal } from './chain.ts'
import type { Overdue, TrailLimits } from './retention.ts'

/** A partition of the trail, which can be let go as a whole. */
export interface TrailPartition {
  readonly name: string
  /** Its entries have numbers below this one; those of the next partition have this one and higher ones. */
  readonly end: number
  /** No entry will be added to it any more. */
  readonly isClosed: boolean
}

/** How the partitions that come are cut. */
export interface PartitionSize {
  /** Milliseconds from its first entry on after which the next partition begins. */
  readonly spanMs: number
  /** Entries of one at most. */
  readonly entries: number
}

/** Of a store that keeps the trail in partitions. */
export interface TrailPartitions {
  /** Undefined while nothing of the trail is in a partition. */
  oldest(): Promise<TrailPartition | undefined>
  /** Sees to it that there is a next partition, and begins it when the time of the one before is over. */
  advance(size: PartitionSize, now: number): Promise<void>
  /**
   * Drops a partition in one transaction with what `forget` writes, unless that says no. @returns false also when the partition is in use:
   * nothing was changed, and it may be tried again
   */
  drop(partition: TrailPartition, forget: (tx: Writer) => Promise<boolean>): Promise<boolean>
}

/** What is kept is in about so many partitions: with more of them each look at the trail costs more, with fewer entries stay longer. */
const partitionsOfATrail = 16
/** About what an entry takes on disk. */
const bytesOfAnEntry = 512
const [fewest, most] = [10_000, 5_000_000]
/** Of the first partition of a new database, until the limits of a server are known. */
export const usualEntries = 1_000_000

/** @param mostBytes of the trail */
export function partitionSize(keptMs: number, mostBytes: number): PartitionSize {
  const entries = Math.round(mostBytes / partitionsOfATrail / bytesOfAnEntry)
  return { spanMs: keptMs / partitionsOfATrail, entries: Math.min(most, Math.max(fewest, entries)) }
}

/** The last seal about entries of a partition; undefined when none is about any: they have been forgotten, or there are none. */
export function lastSealOf(db: Reader, { end }: Pick<TrailPartition, 'end'>): Promise<Seal | undefined> {
  return db
    .selectFrom('audit_seal')
    .selectAll()
    .where('first_id', '<', end)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** While there are seals: a partition without one has no entries that count. */
export interface OldestPartition {
  readonly isClosed: boolean
  readonly last: Pick<Seal, 'number' | 'newest_at' | 'total_bytes'> | undefined
}

/** `partition`: drop the oldest partition. `seal`: delete the entries of the oldest seal. `wait`: the partition can be dropped before long. */
export type HowToForget = 'partition' | 'seal' | 'wait' | 'nothing'

/**
 * Age says for how long an entry is kept at least: a partition goes when its newest entry may go, so that an entry stays up to the span of
 * a partition longer. Size says how much is kept at most: then the oldest partition goes, with entries that might have stayed.
 *
 * A partition that does not fit is deleted seal by seal: the one from before there were partitions, which may be about months.
 *
 * @param goneBytes of entries that were forgotten
 */
export function howToForget(
  overdue: Overdue,
  partition: OldestPartition | undefined,
  {
    before,
    spanMs,
    mostBytes,
    goneBytes,
  }: Pick<TrailLimits, 'before' | 'mostBytes'> & {
    readonly spanMs: number
    readonly goneBytes: number
  },
): HowToForget {
  if (partition?.isClosed === true) {
    const { last } = partition
    if (last === undefined || last.number <= overdue.byAge) return 'partition'
    const isUsual = last.total_bytes - goneBytes <= (2 * mostBytes) / partitionsOfATrail
    if (overdue.bySize > 0 && isUsual) return 'partition'
    if (overdue.bySize === 0 && overdue.byAge > 0 && last.newest_at < before + spanMs) return 'wait'
  }
  return Math.max(overdue.byAge, overdue.bySize) > 0 ? 'seal' : 'nothing'
}
