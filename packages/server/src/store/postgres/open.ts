import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import { defaultMostNonces, forgetExpired } from '../access/nonces.ts'
import { newestAuditEntry } from '../audit/audit.ts'
import { type CopyTo, copyInThread } from '../copy/in-thread.ts'
import type { StoreEvent } from '../events.ts'
import { postgresTypes } from '../migrations/column-types.ts'
import { behind, migrate, schemaSteps } from '../migrations/index.ts'
import type { Schema } from '../schema.ts'
import type { Store } from '../store.ts'
import { type StoreTime, systemTime } from '../store-time.ts'
import { boundTrail } from './bound-trail.ts'
import { forgetOldMarks } from './commit-mark.ts'
import { createLane } from './lane.ts'
import { connectToPrimary, type Link, type LinkLimits, usualLimits } from './link.ts'
import { createNonceRoom, nonceCount } from './nonce-room.ts'
import { createNonces } from './nonces.ts'
import { createPool } from './pool.ts'
import { createReaders } from './readers.ts'
import { createSession, type Session } from './session.ts'
import { takeAllTables } from './take-all-tables.ts'
import { createTrail } from './trail.ts'
import { createTrailPartitions } from './trail-partitions.ts'
import { createUnit } from './unit.ts'

export interface PostgresStoreOptions {
  /** `postgres://user@host/database`; what it leaves out comes from the `PG…` variables. */
  readonly connectionString: string
  readonly onEvent?: (event: StoreEvent) => void
  /** From 0 up to 1; spreads the attempts to connect. */
  readonly random?: () => number
  /** So many used nonces are kept; then no more are taken until some have expired. */
  readonly mostNonces?: number | undefined
  /** All nodes of one database have the same: the number of the lock that orders what they write. */
  readonly laneKey?: number
  /** So many milliseconds a caller waits for a database that is away; then it is told. */
  readonly waitMs?: number
  /** After so many milliseconds a unit of work that awaits something other than the store is undone. */
  readonly unfinishedMs?: number
  /** For so many milliseconds from its begin a group of works takes those who come. */
  readonly groupMs?: number
  readonly limits?: LinkLimits
  readonly time?: StoreTime
}

/** Nothing else in the database has it: any number would do. */
const usualLaneKey = 7_240_029

/**
 * The store of several nodes: PostgreSQL, or what speaks its protocol and has its advisory locks.
 *
 * @throws NewerDataFolder when the database is of a newer version; nothing was changed then
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store & { readonly copyTo: CopyTo }> {
  const { connectionString, onEvent = () => {}, random = Math.random, time = systemTime } = options
  const { laneKey = usualLaneKey, waitMs = 7000, unfinishedMs = 3000, groupMs = 20, limits = usualLimits } = options
  await prepareSchema(connectionString, laneKey)

  // Of the server that was the primary last. A former one that a proxy still leads to cannot commit, but it could be read:
  // each call uses up its nonce first, and so nothing is read for it on a server before the one that has taken over.
  let proven = 0
  const isPast = ({ timeline }: Link): boolean => timeline < proven
  function newSession(name: string, options = { isPast }): Session {
    const connect = () => connectToPrimary({ connectionString, name: `opensag ${name}`, limits })
    return createSession({ connect, onEvent, time, random, ...options })
  }
  const node = randomUUID()
  const shared = { onEvent, waitMs, time }
  const [laneSession, trailSession, settledSession] = [newSession('lane'), newSession('trail'), newSession('settled')]
  // Nonces prove which one is the primary, also when a database is restored as one of a lower timeline.
  const nonceSession = newSession('nonces', { isPast: () => false })
  await forgetOldMarks(await laneSession.link())
  const lane = createLane({ ...shared, session: laneSession, writer: `${node} lane`, laneKey, unfinishedMs, groupMs })
  const trail = createTrail({ ...shared, session: trailSession, writer: `${node} trail` })
  const nonces = createNonces({
    ...shared,
    session: nonceSession,
    onProof: ({ timeline }) => {
      proven = timeline
    },
  })
  const readers = createReaders({ ...shared, newSession: () => newSession('reader'), unfinishedMs })
  const room = createNonceRoom({
    count: () => readers.read(nonceCount),
    most: options.mostNonces ?? defaultMostNonces,
    onEvent,
  })

  let closing: Promise<void> | undefined
  async function close(): Promise<void> {
    await Promise.all([lane.close(), trail.close(), nonces.close(), readers.close()])
    const sessions = [laneSession, nonceSession, trailSession, settledSession]
    await Promise.all(sessions.map((session) => session.close()))
  }

  return {
    read: readers.read,
    write: (work, keepsTo) => lane.write(work, undefined, keepsTo),
    writeAudited: lane.write,
    record: trail.add,
    auditSettledTo: async () => settledTo(await settledSession.link(), time),
    async burnNonce(nonce) {
      await room.take()
      // One that has been told is durable, or the work it lets in could be done twice after a fail-over.
      return { fresh: await nonces.add(nonce), durable: Promise.resolve() }
    },
    async forgetNonces(now, forgetting) {
      const forgotten = await lane.write((tx) => forgetExpired(tx, { now, forgetting }))
      room.given()
      return forgotten
    },
    copyTo: copyInThread({ database: connectionString }),
    auditPartitions: createTrailPartitions({
      read: readers.read,
      connect: () => connectToPrimary({ connectionString, name: 'opensag partitions', limits }),
      laneKey,
      clock: time.clock,
    }),
    state: () => ({ worksWaiting: lane.waiting(), connections: readers.connections() }),
    close: () => (closing ??= close()),
  }
}

async function prepareSchema(connectionString: string, laneKey: number): Promise<void> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPool(connectionString) }) })
  try {
    const isBehind = async (): Promise<boolean> =>
      behind(await schemaSteps(db), postgresTypes, 'The PostgreSQL database')
    if (!(await isBehind())) return
    try {
      await boundTrail(db)
    } catch (error) {
      // Another node was first, and may have made the partitions meanwhile.
      if (!(await isBehind())) return
      throw error
    }
    await migrate(db, postgresTypes, { before: (tx) => takeAllTables(tx, laneKey) })
  } finally {
    await db.destroy()
  }
}

/** The lock waits for every transaction that has been given a number and has not ended, and keeps new ones out meanwhile. */
async function settledTo(link: Link, { clock }: StoreTime): Promise<number> {
  const unit = createUnit(link, clock)
  unit.open()
  try {
    await link.query('begin isolation level read committed; lock table audit_event in share row exclusive mode')
    return await newestAuditEntry(unit.db)
  } finally {
    await link.query('rollback').catch(() => {})
  }
}
