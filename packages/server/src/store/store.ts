import type { Kysely } from 'kysely'
import type { TimeSpan } from './access/time-spans.ts'
import type { AuditEntry } from './audit/audit.ts'
import type { TrailPartitions } from './audit/partitions.ts'
import type { Footprint, InstanceFootprint } from './held-row.ts'
import type { Schema } from './schema.ts'

/** Reads of acknowledged state. */
export type Reader = Pick<Kysely<Schema>, 'selectFrom' | 'executeQuery' | 'getExecutor' | 'fn'>

/** A unit of work: everything written through it becomes durable together, or not at all. */
export type Writer = Kysely<Schema>

export interface Nonce {
  readonly accessKeyId: string
  readonly nonce: string
  /** Milliseconds since 1970 from which on it may be forgotten. */
  readonly expiresAt: number
}

/** What became of a unit of work. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown }

export interface Burn {
  /** False when this key has used this nonce before: the request is a replay. */
  readonly fresh: boolean
  /** Resolves once a crash can no longer forget it; no answer may leave before. */
  readonly durable: Promise<void>
}

/**
 * Where state lives. Nothing above it may depend on which database that is, on its being synchronous, or on there being
 * a single process.
 */
export interface Store {
  /** Runs `work` on one consistent state in which every acknowledged write is seen. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>

  /**
   * Runs `work` as one unit and resolves when it is durable; when `work` throws, nothing of it remains. `work` may be
   * run more than once, and may await nothing but the store, so that many callers can share one commit.
   *
   * `keepsTo`: all that `work` touches, whatever it finds. A store may use it to run works together, and runs one that
   * touches more as if it had said nothing.
   *
   * @throws StoreUnavailable when the database is away: nothing was done, and nothing will be
   * @throws OutcomeUnknown when the database went away in the commit and is not back in time
   */
  write<T>(work: (tx: Writer) => Promise<T>, keepsTo?: Footprint): Promise<T>

  /**
   * As {@link Store.write}, and adds to the audit trail what became of it, in the same commit where the store can. It
   * resolves or fails when that is durable too: what was done without a trace is not acknowledged.
   */
  writeAudited<T>(
    work: (tx: Writer) => Promise<T>,
    audit: (outcome: Outcome<T>) => AuditEntry,
    keepsTo?: InstanceFootprint,
  ): Promise<T>

  /** Adds to the audit trail; resolves when it is durable. */
  record(entry: AuditEntry): Promise<void>

  /**
   * The number of the newest entry of the audit trail up to which none will be added any more; 0 without entries. A row
   * of several nodes can become visible after one with a higher number.
   */
  auditSettledTo(): Promise<number>

  /**
   * Uses up a nonce. Called only for rightly signed requests, or a forger could burn someone else's.
   *
   * @throws TooManyNonces when as many are kept as may be; nothing was used up then
   */
  burnNonce(nonce: Nonce): Promise<Burn>

  /**
   * Forgets nonces that expired before `now`, a bounded number at a time; returns how many. `forgetting` is told all the
   * times of signing that are to be refused from then on, before the first of those nonces could be used again.
   */
  forgetNonces(now: number, forgetting: (times: readonly TimeSpan[]) => void): Promise<number>

  /** Of a store that keeps the audit trail in partitions. */
  readonly auditPartitions?: TrailPartitions

  /** What waits and what is connected now, for metrics; a store may leave it out. */
  readonly state?: () => StoreState

  close(): Promise<void>
}

export interface StoreState {
  /** Units of work that wait for their turn to be committed. */
  readonly worksWaiting: number
  /** `waiting`: works that wait until a connection is free. */
  readonly connections: { readonly busy: number; readonly idle: number; readonly waiting: number }
}
