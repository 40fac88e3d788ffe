import { Kysely, PostgresDialect, sql } from 'kysely'
import { defaultMostNonces, forgetExpired, insertNonce } from '../access/nonces.ts'
import { type AuditEntry, appendAudit, newestAuditEntry } from '../audit/audit.ts'
import type { StoreEvent } from '../events.ts'
import { postgresTypes } from '../migrations/column-types.ts'
import { behind, migrate, schemaSteps } from '../migrations/index.ts'
import type { Schema } from '../schema.ts'
import type { Outcome, Reader, Store, Writer } from '../store.ts'
import { createAuditBatches } from './audit-batches.ts'
import { createRepeat } from './conflict.ts'
import { createNonceRoom, nonceCount } from './nonce-room.ts'
import { createPool } from './pool.ts'

export interface PostgresStoreOptions {
  /** `postgres://user@host/database`; what it leaves out comes from the `PG…` variables. */
  readonly connectionString: string
  readonly onEvent?: (event: StoreEvent) => void
  /** From 0 up to 1; spreads repeated transactions. */
  readonly random?: () => number
  /** So many used nonces are kept; then no more are taken until some have expired. */
  readonly mostNonces?: number | undefined
}

/**
 * The store of several nodes: any database that speaks PostgreSQL's protocol and has serializable transactions.
 *
 * @throws NewerDataFolder when the database is of a newer version; nothing was changed then
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { connectionString, onEvent = () => {}, random = Math.random, mostNonces = defaultMostNonces } = options
  const pool = createPool(connectionString)
  const lost = (error: unknown): void => onEvent({ kind: 'connection-lost', error })
  // The pool listens to a connection only while it is idle, and an error nobody listens to ends the process.
  pool.on('connect', (client) => client.on('error', lost))
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    const found = await schemaSteps(db)
    if (behind(found, postgresTypes, 'The PostgreSQL database')) await migrate(db, postgresTypes)
  } catch (error) {
    await db.destroy()
    throw error
  }

  const repeat = createRepeat(random, (attempt, error) => onEvent({ kind: 'conflict', attempt, error }))

  function write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    return repeat(() => db.transaction().setIsolationLevel('serializable').execute(work))
  }

  /** Of one state for all its statements. */
  function read<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
  }

  /** What was done is recorded in its own transaction; what was refused, or failed, in another. */
  async function writeAudited<T>(
    work: (tx: Writer) => Promise<T>,
    audit: (outcome: Outcome<T>) => AuditEntry,
  ): Promise<T> {
    try {
      return await write(async (tx) => {
        const value = await work(tx)
        await appendAudit(tx, audit({ value }))
        return value
      })
    } catch (error) {
      await record(audit({ error }))
      throw error
    }
  }

  const room = createNonceRoom({ count: () => nonceCount(db), most: mostNonces, onEvent })
  /** The lock waits for every transaction that has been given a number and has not ended, and keeps new ones out meanwhile. */
  function auditSettledTo(): Promise<number> {
    return db.transaction().execute(async (tx) => {
      await sql`lock table audit_event in share row exclusive mode`.execute(tx)
      return newestAuditEntry(tx)
    })
  }

  const record = createAuditBatches((entries) =>
    write(async (tx) => {
      for (const entry of entries) await appendAudit(tx, entry)
    }),
  )

  return {
    read,
    write,
    writeAudited,
    record,
    auditSettledTo,
    // One statement is a transaction of its own: what it answers is durable already.
    async burnNonce(nonce) {
      await room.take()
      return { fresh: await insertNonce(db, nonce), durable: Promise.resolve() }
    },
    async forgetNonces(now, forgetting) {
      const forgotten = await write((tx) => forgetExpired(tx, { now, forgetting }))
      room.given()
      return forgotten
    },
    close: () => db.destroy(),
  }
}
