import type { AuditEntry } from '../audit/audit.ts'
import { OutsideUnitOfWork, StoreClosed, UnfinishedWork, WriteFailed } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Outcome, Writer } from '../store.ts'
import { type StoreTime, systemTime } from '../store-time.ts'
import { createAuditAppender } from './audit-appender.ts'
import { admittedKysely, executeOn } from './dialect.ts'
import type { SqliteConnection } from './driver.ts'
import { createKnownRowsOfWriter } from './known-rows.ts'
import { createStatementCache } from './statement-cache.ts'
import { createWatch } from './unit-of-work.ts'

export interface GroupCommit {
  /**
   * Runs `work` in the transaction it shares with whoever else writes now; settles once that one is durable.
   */
  write<T>(work: (tx: Writer) => Promise<T>, options?: WriteOptions<T>): Promise<T>
  /** Adds to the audit trail with the commit that comes next; settles once that one is durable. */
  record(entry: AuditEntry): Promise<void>
  /**
   * Runs `statements` on the connection right before the commit that comes next; settles once that one is durable. What
   * they throw fails the whole group: they are for rows that nothing but the disk can refuse.
   */
  append(statements: () => void): Promise<void>
  /** Works that nothing has begun to run yet. */
  waiting(): number
  /** Resolves when everything handed in is settled; nothing more is taken. */
  close(): Promise<void>
}

export interface WriteOptions<T> {
  /** Adds to the audit trail what became of the work, with the same commit. */
  readonly audit?: (outcome: Outcome<T>) => AuditEntry
}

export interface GroupCommitOptions {
  readonly connection: SqliteConnection
  /** Called right before each COMMIT. */
  readonly beforeCommit: () => void
  readonly onEvent: (event: StoreEvent) => void
  /** After so many milliseconds a work that has not ended is undone. */
  readonly unfinishedMs: number
  /** After so many milliseconds a group ends, however many more are waiting. */
  readonly groupMs: number
  readonly time?: StoreTime
}

/** A group ends after so many works, however many more are waiting: nobody waits for long. */
const maxWorks = 1024

interface Job {
  readonly work: (tx: Writer) => Promise<unknown>
  readonly audit: ((outcome: Outcome<never>) => AuditEntry) | undefined
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/** What was begun in the transaction and waits for its commit. */
type Group = { readonly job: Job; outcome: Outcome<unknown> }[]

/** The record of a work: whoever handed the work in hears of both by the commit. */
const unheard = { resolve: () => {}, reject: () => {} }

const unknownYet: Outcome<never> = { error: new Error('The work was not run.') }

/** Rows that are written right before the commit: entries of the audit trail, nonces. */
interface Appended {
  readonly statements: () => void
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** A handle on the shared transaction, good only while `open`. */
interface Handle {
  readonly tx: Writer
  open: boolean
}

/**
 * One transaction and one flush to disk for all who write at the same time. Works run one after the other, each in a
 * savepoint, so that a failing one takes back nothing but its own. Nobody hears of an outcome, good or bad, before the
 * commit: a refusal too may rest on what another work of the group has written.
 */
export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { connection, beforeCommit, onEvent, unfinishedMs, groupMs, time = systemTime } = options
  const known = createKnownRowsOfWriter(executeOn(createStatementCache(connection)))
  const watch = createWatch(unfinishedMs, time)
  const queue: Job[] = []
  // One statement each and nothing around it: every call has two.
  const ending: Appended[] = []
  const addToTrail = createAuditAppender(connection)
  let handle = newHandle()
  let running: Promise<void> | undefined
  let closed = false
  let broken: unknown

  function newHandle(): Handle {
    function admit(): void {
      if (!made.open) throw new OutsideUnitOfWork()
    }
    const made: Handle = { open: false, tx: admittedKysely(connection, known.execute, admit) }
    return made
  }

  function giveUp(): Outcome<never> {
    // Whatever the work still does must not land in the transaction of others.
    handle.open = false
    handle = newHandle()
    onEvent({ kind: 'unfinished-work', unit: 'write' })
    return { error: new UnfinishedWork(unfinishedMs) }
  }

  /** Leaves all or nothing of the work in the transaction; throws when the transaction itself is lost. */
  async function run(job: Job, group: Group): Promise<void> {
    // The first of a group needs no savepoint: there is nothing but its own to take back.
    const first = group.length === 0
    const member = { job, outcome: unknownYet as Outcome<unknown> }
    group.push(member)
    if (!first) connection.exec('savepoint work')
    handle.open = true
    const outcome = await watch.outcome(job.work, handle.tx, giveUp)
    handle.open = false
    member.outcome = outcome
    if (job.audit !== undefined) {
      const entry = job.audit(outcome as Outcome<never>)
      ending.push({ statements: () => addToTrail(entry), ...unheard })
    }
    const failed = 'error' in outcome
    // SQLite rolls everything back by itself when the disk is full or fails.
    if (!connection.inTransaction) throw failed ? outcome.error : new Error('SQLite gave the transaction up.')
    if (failed) known.forget()
    if (failed && first) connection.exec('rollback; begin immediate')
    if (failed && !first) connection.exec('rollback to work')
    if (!first) connection.exec('release work')
  }

  async function fill(group: Group): Promise<void> {
    const deadline = time.clock() + groupMs
    function full(): boolean {
      return group.length >= maxWorks || time.clock() > deadline
    }
    do {
      for (let job = queue.shift(); job !== undefined; job = full() ? undefined : queue.shift()) await run(job, group)
      // Who was told something early, such as that a nonce is fresh, comes back in this turn with what it writes.
      await time.turn()
    } while (queue.length > 0 && !full())
  }

  async function commitGroup(): Promise<void> {
    const began = time.clock()
    const group: Group = []
    const appended: Appended[] = []
    try {
      known.forget()
      connection.exec('begin immediate')
      await fill(group)
      appended.push(...ending.splice(0))
      for (const { statements } of appended) statements()
      beforeCommit()
      connection.exec('commit')
    } catch (cause) {
      // Without a transaction nobody's turn would ever come.
      const failed = group.length > 0 ? group.map(({ job }) => job) : queue.splice(0)
      undo()
      for (const { reject } of [...failed, ...appended, ...ending.splice(0)]) reject(new WriteFailed(cause))
      onEvent({ kind: 'commit-failed', works: failed.length, error: cause })
      return
    }
    for (const { job, outcome } of group) {
      if ('error' in outcome) job.reject(outcome.error)
      else job.resolve(outcome.value as never)
    }
    for (const { resolve } of appended) resolve()
    onEvent({ kind: 'committed', works: group.length, tookMs: time.clock() - began })
  }

  function undo(): void {
    if (!connection.inTransaction) return
    try {
      connection.exec('rollback')
    } catch (cause) {
      // What the transaction holds can be neither kept nor taken back: nothing may be added to it.
      broken = cause
      for (const { reject } of [...queue.splice(0), ...ending.splice(0)]) reject(new WriteFailed(cause))
    }
  }

  function refusal(): Error | undefined {
    if (closed) return new StoreClosed()
    return broken === undefined ? undefined : new WriteFailed(broken)
  }

  function append(statements: () => void): Promise<void> {
    const refused = refusal()
    if (refused !== undefined) return Promise.reject(refused)
    return new Promise((resolve, reject) => {
      ending.push({ statements, resolve, reject })
      running ??= commitAll()
    })
  }

  async function commitAll(): Promise<void> {
    await time.turn()
    while (queue.length > 0 || ending.length > 0) await commitGroup()
    running = undefined
  }

  return {
    write: (work, { audit } = {}) => {
      const refused = refusal()
      if (refused !== undefined) return Promise.reject(refused)
      return new Promise((resolve, reject) => {
        queue.push({ work, audit: audit as Job['audit'], resolve, reject })
        running ??= commitAll()
      })
    },
    record: (entry) => append(() => addToTrail(entry)),
    append,
    waiting: () => queue.length,
    async close() {
      closed = true
      await running
      watch.close()
    },
  }
}
