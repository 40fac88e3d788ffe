import type { Duplex } from 'node:stream'
import pg from 'pg'
import { valueTypes } from './value-types.ts'

/** One connection to the primary. Statements are sent without waiting for the answers of those before them. */
export interface Link {
  /** The server's when the connection was made. Each fail-over begins the next one; a former primary keeps its own. */
  readonly timeline: number
  query<R extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    name?: string,
  ): Promise<pg.QueryResult<R>>
  /** Why it is of no more use; undefined while it works. */
  lost(): unknown
  /** How many warnings the server sent. */
  warnings(): number
  /** Breaks the connection off; what was sent may still be done. */
  drop(reason: unknown): void
  end(): Promise<void>
}

export interface LinkOptions {
  readonly connectionString: string
  /** Shown in `pg_stat_activity`. */
  readonly name: string
  readonly limits: LinkLimits
}

/** Milliseconds. */
export interface LinkLimits {
  /** For making a connection. */
  readonly connect: number
  /** For one statement, its wait for locks included; then the connection is broken off. */
  readonly answer: number
  /** The server's own: a statement, a wait for a lock, a pause within a transaction. */
  readonly statement: number
  readonly lock: number
  readonly idle: number
}

/**
 * A node that stands still holds the lock of all others no longer than `idle`. The limits of the server are shorter than
 * the one here, so that a slow server says so, and only a silent one is given up.
 */
export const usualLimits: LinkLimits = { connect: 5000, answer: 12_000, statement: 10_000, lock: 8000, idle: 5000 }

const keepAliveMs = 2000

/** The code of every warning without a more special one; PostgreSQL's about a commit it did not wait for is one. */
const warningCode = '01000'

/** The file that the server writes into now, by name; null of a standby. Its first digits are the timeline, in hexadecimal. */
const whereItWrites =
  'select case when not pg_is_in_recovery() then pg_walfile_name(pg_current_wal_lsn()) end as segment'
const timelineDigits = 8

/** @throws when there is no primary to talk to */
export async function connectToPrimary({ connectionString, name, limits }: LinkOptions): Promise<Link> {
  const client = new pg.Client({
    connectionString,
    pipeline: true,
    types: valueTypes,
    application_name: name,
    connectionTimeoutMillis: limits.connect,
    query_timeout: limits.answer,
    statement_timeout: limits.statement,
    lock_timeout: limits.lock,
    idle_in_transaction_session_timeout: limits.idle,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
  })
  let lost: unknown
  let warnings = 0
  const lose = (reason: unknown): void => {
    lost ??= reason
  }
  // An error nobody listens to ends the process.
  client.on('error', lose)
  client.on('end', () => lose(new Error('The connection to PostgreSQL has ended.')))
  client.on('notice', ({ code }) => {
    if (code === warningCode) warnings += 1
  })
  function drop(reason: unknown): void {
    lose(reason)
    streamOf(client).destroy()
  }
  let corked = false
  /** What is asked for in one turn of promises goes in one write: each wakes the server up. */
  function gather(): void {
    if (corked) return
    corked = true
    const stream = streamOf(client)
    stream.cork()
    process.nextTick(() => {
      corked = false
      stream.uncork()
    })
  }
  let timeline: number
  try {
    await client.connect()
    timeline = await timelineOf(client)
  } catch (error) {
    drop(error)
    throw error
  }
  return {
    timeline,
    async query(text, values, name) {
      gather()
      try {
        return await client.query({ text, values: values as unknown[], ...(name === undefined ? {} : { name }) })
      } catch (error) {
        if (isEndOfConnection(error)) drop(error)
        throw error
      }
    },
    lost: () => lost,
    warnings: () => warnings,
    drop,
    async end() {
      if (lost === undefined) await client.end().catch(lose)
    },
  }
}

/** @throws when it is a standby */
async function timelineOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ segment: string | null }>(whereItWrites)
  const segment = rows[0]?.segment ?? undefined
  if (segment === undefined) throw new Error('The PostgreSQL server is a standby.')
  return Number.parseInt(segment.slice(0, timelineDigits), 16)
}

function streamOf(client: pg.Client): Pick<Duplex, 'destroy' | 'cork' | 'uncork'> {
  // Not in its types. `end` would wait for the server, which may be silent.
  return (client as unknown as { readonly connection: { readonly stream: Duplex } }).connection.stream
}

/** The server is going down or coming up, or has become a standby. */
const endingCodes = /^(?:08|57P0|25006|25P03|25P04)/

/**
 * What `pg` itself says of a connection; these errors have no code. `cached plan` is the server's: another node has changed
 * a table, and what was prepared on this connection is of no more use.
 */
const endingTexts =
  /^(?:Connection terminated|Query read timeout|Client (?:has encountered|was closed)|cached plan must)/

function isEndOfConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return true
  const code = 'code' in error ? String(error.code) : ''
  return 'syscall' in error || endingCodes.test(code) || endingTexts.test(error.message)
}
