import { sql } from 'kysely'
import type { PartitionSize, TrailPartitions } from '../audit/partitions.ts'
import type { Reader, Writer } from '../store.ts'
import type { Link } from './link.ts'
import { isPassing } from './passing.ts'
import { createUnit } from './unit.ts'

/** A partition as the catalogue has it; the last one, for what no other partition is for, is not among them. */
interface Bounds {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The partitions, and what decides about the next one. */
interface Arrangement {
  /** In their order. */
  readonly partitions: readonly Bounds[]
  /** The number that the next entry gets. */
  readonly next: number
  /** The highest number in the last partition; undefined when it is empty, as it should be. */
  readonly inRest: number | undefined
}

/** Milliseconds that a change of partitions waits for its turn in the lane, and then for whoever uses the trail: the lane stands still meanwhile. */
const [turnMs, useMs] = [3000, 100]

export interface TrailPartitionsOptions {
  readonly read: <T>(work: (db: Reader) => Promise<T>) => Promise<T>
  /** A connection of its own for each change, of which there are few. */
  readonly connect: () => Promise<Link>
  readonly laneKey: number
  readonly clock: () => number
}

/**
 * The audit trail as a table in partitions, by the numbers of its entries. A partition is created ahead, for a number of entries; when its time is over before
 * it is full, numbers go on with those of the next partition.
 */
export function createTrailPartitions({ read, connect, laneKey, clock }: TrailPartitionsOptions): TrailPartitions {
  /** One at a time on all nodes, and in the order of what they write. @returns undefined when the trail is in use */
  async function alone<T>(lock: string, work: (link: Link, db: Writer) => Promise<T>): Promise<T | undefined> {
    const link = await connect()
    try {
      await link.query(`begin isolation level read committed; set local lock_timeout = ${turnMs}`)
      await link.query('select pg_advisory_xact_lock($1)', [laneKey])
      await link.query(`set local lock_timeout = ${useMs}; lock table only audit_event in ${lock} mode`)
      const unit = createUnit(link, clock)
      unit.open()
      const value = await work(link, unit.db)
      await link.query('commit')
      return value
    } catch (error) {
      if (isPassing(error)) return undefined
      throw error
    } finally {
      // What is not committed is undone with it.
      await link.end()
    }
  }

  return {
    async oldest() {
      const { partitions, next } = await read(arrangementOf)
      const [first] = partitions
      return first && { name: first.name, end: first.to, isClosed: next >= first.to }
    },
    async advance(size, now) {
      const isNeeded = await read(async (db) => {
        const found = await arrangementOf(db)
        return lacksNext(found) || (await isOver(db, found, size, now))
      })
      if (!isNeeded) return
      await alone('share row exclusive', async (link, db) => {
        const arranged = await arrange(db, link, size.entries)
        if (await isOver(db, arranged, size, now)) await beginNext(link, arranged)
      })
    },
    async drop(partition, forget) {
      const dropped = await alone('access exclusive', async (link, db) => {
        const { partitions } = await arrangementOf(db)
        if (partitions[0]?.name !== partition.name || !(await forget(db))) return false
        await link.query(`drop table ${partition.name}`)
        return true
      })
      return dropped ?? false
    },
  }
}

/** What a connection is used for here; the copy between databases has one of another kind. */
export interface Queries {
  query(text: string): Promise<unknown>
}

/** Sees to it that there is a next partition, and that the last one is empty. Nobody may add entries meanwhile. */
export async function arrange(db: Reader, link: Queries, entries: number): Promise<Arrangement> {
  const before = await arrangementOf(db)
  return lacksNext(before) ? await addPartitions(link, before, entries) : before
}

async function arrangementOf(db: Reader): Promise<Arrangement> {
  const { rows } = await sql<{ name: string; bound: string }>`
    select relname as name, pg_get_expr(relpartbound, oid) as bound from pg_class
    where relispartition and oid in (select inhrelid from pg_inherits where inhparent = 'audit_event'::regclass)`.execute(
    db,
  )
  const last = await sql<{ next: number; rest: number | null }>`
    select last_value + is_called::int as next, (select max(id) from audit_event_rest) as rest
    from audit_event_id_seq`.execute(db)
  const partitions = rows.flatMap(({ name, bound }) => boundsOf(name, bound)).sort((one, other) => one.to - other.to)
  return { partitions, next: Number(last.rows[0]?.next), inRest: last.rows[0]?.rest ?? undefined }
}

/** `FOR VALUES FROM (MINVALUE) TO ('1001')`; none of the last partition. */
function boundsOf(name: string, text: string): readonly Bounds[] {
  const [, from, to] = /^FOR VALUES FROM \((MINVALUE|'\d+')\) TO \('(\d+)'\)$/.exec(text) ?? []
  if (from === undefined) return []
  return [{ name, from: from === 'MINVALUE' ? 0 : Number(from.slice(1, -1)), to: Number(to) }]
}

/** Whether entries would come to the last partition after those of the current one, or have come there: numbers only go up. */
function lacksNext({ partitions, next }: Arrangement): boolean {
  const last = partitions.at(-1)
  return last === undefined || next >= last.from
}

/** The time of the current partition is over, and there is a next one. */
async function isOver(
  db: Reader,
  { partitions, next }: Arrangement,
  { spanMs }: PartitionSize,
  now: number,
): Promise<boolean> {
  const current = partitions.findIndex(({ from, to }) => from <= next && next < to)
  const partition = partitions[current]
  if (partition === undefined || partitions[current + 1] === undefined) return false
  const first = await db
    .selectFrom('audit_event')
    .select('at')
    .where('id', '>=', partition.from)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return first !== undefined && Math.abs(now - first.at) >= spanMs
}

/** Gives what is in the last partition one of its own, and adds the partition for what comes then. */
async function addPartitions(
  link: Queries,
  { partitions, next, inRest }: Arrangement,
  entries: number,
): Promise<Arrangement> {
  const added: Bounds[] = []
  let from = Math.max(1, partitions.at(-1)?.to ?? 1)
  if (inRest !== undefined) {
    const to = Math.max(inRest + 1, next, from + 1)
    added.push(bounds(from, to))
    from = to
  }
  added.push(bounds(from, from + entries))
  for (const { name, from: first, to } of added) {
    // Not as a partition at once, which would wait for whoever reads the others.
    await link.query(`create table ${name} (like audit_event including indexes)`)
    if (inRest !== undefined) {
      await link.query(
        `with moved as (delete from audit_event_rest where id >= ${first} and id < ${to} returning *) insert into ${name} select * from moved`,
      )
    }
    await link.query(`alter table audit_event attach partition ${name} for values from (${first}) to (${to})`)
  }
  return { partitions: [...partitions, ...added], next, inRest: undefined }
}

function bounds(from: number, to: number): Bounds {
  return { name: `audit_event_${from}`, from, to }
}

/** Nobody can be given a number meanwhile: the table is locked. */
async function beginNext(link: Queries, { partitions, next }: Arrangement): Promise<void> {
  const following = partitions.find(({ from }) => from > next)
  if (following === undefined) return
  await link.query(`select setval('audit_event_id_seq', ${following.from}, false)`)
}
