import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { forgottenTimes } from '../access/forgotten-times.ts'
import { nonceLifeMs } from '../access/nonces.ts'
import { isWithin, type TimeSpan } from '../access/time-spans.ts'
import type { Store } from '../store.ts'
import { observedDriver, sqliteError } from './failing-driver.suite.ts'
import { openSqliteStore } from './open.ts'

/** A signed request. */
interface Sent {
  readonly nonce: string
  readonly signedAt: number
}

interface World {
  /** A new one. @returns whether it was accepted */
  send(skew: number): Promise<boolean>
  /** Those of the requests that this life of the server has to know. @returns which were accepted once more */
  replay(which: (index: number) => boolean): Promise<readonly Sent[]>
  /** Whether requests signed at this moment are refused. */
  isFenced(skew: number): boolean
  moveClock(by: number): void
  sweep(): void
  /** Others write too, and have their turn before what comes later. */
  work(): void
  /** Lets what is under way go on for a turn of the event loop. */
  turn(): Promise<void>
  /** The next statement like that fails, after so many others. */
  fail(sql: RegExp, left: number): void
  settle(): Promise<void>
  restart(): Promise<void>
  /** Kills it before the statement that comes after so many others, while it does what a server does. */
  kill(left: number): Promise<void>
  close(): Promise<void>
  /** What happened, for a test that wants to know that something did. */
  readonly counts: { folded: number; forgotten: number; killed: number; killedInFold: number; refolded: number }
}

interface Given {
  /** Where its folders are, one for each life. */
  readonly parent: string
  /** An empty data folder. */
  readonly template: string
  readonly foldAt: number
  /** Negative: each work has a commit of its own, so a fold waits while others commit. */
  readonly groupMs: number
}

/**
 * A server in small: a clock, its store, and the times it refuses. It can be killed before any statement: the files as they
 * are then, half a transaction and all, are what the next start finds.
 */
export async function openWorld({ parent, template, foldAt, groupMs }: Given): Promise<World> {
  const counts = { folded: 0, forgotten: 0, killed: 0, killedInFold: 0, refolded: 0 }
  let [lives, made, now] = [0, 0, Date.UTC(2026, 10, 28, 12)]
  let folder = ''
  let fenced: readonly TimeSpan[] = []
  let failing: { readonly sql: RegExp; left: number } | undefined
  let killing: { left: number; files?: string; known?: readonly Sent[] } | undefined
  let isFolding = false
  /** Accepted by this life of the server, or known to it from others. */
  let taken: Sent[] = []
  /** Of any life: the sender knows. */
  let acknowledged: Sent[] = []
  const pending: Promise<unknown>[] = []
  let store = await open(template)

  function before(sql: string): void {
    if (/insert into nonce_run/.test(sql)) {
      isFolding = true
      counts.folded++
    }
    if (/delete from nonce_run/.test(sql) && isFolding) counts.refolded++
    if (killing !== undefined && killing.files === undefined && killing.left-- === 0) {
      killing.files = copied(folder)
      killing.known = [...acknowledged]
      counts.killed++
      if (isFolding) counts.killedInFold++
    }
    if (/^(commit|rollback)/.test(sql)) isFolding = false
    if (failing?.sql.test(sql) && failing.left-- === 0) throw sqliteError('SQLITE_IOERR')
  }

  function copied(from: string): string {
    const to = join(parent, String(lives++))
    mkdirSync(to)
    for (const name of ['opensag.db', 'opensag.db-wal']) {
      if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
    }
    return to
  }

  async function open(from: string): Promise<Store> {
    folder = copied(from)
    failing = undefined
    taken = [...acknowledged]
    const driver = observedDriver(before)
    const opened = await openSqliteStore({ folder, driver, groupMs, forgetNoncesBefore: now, foldNoncesAt: foldAt })
    fenced = await opened.read(forgottenTimes)
    return opened
  }

  async function accept(request: Sent): Promise<boolean> {
    if (isWithin(fenced, request.signedAt)) return false
    const expiresAt = request.signedAt + nonceLifeMs
    const { fresh, durable } = await store.burnNonce({ accessKeyId: 'k', nonce: request.nonce, expiresAt })
    if (fresh) taken.push(request)
    const told = (): void => void (fresh && acknowledged.push(request))
    pending.push(durable.then(told, () => {}))
    return fresh
  }

  function sweep(): void {
    const forgetting = (times: readonly TimeSpan[]): void => {
      fenced = times
    }
    const counted = (forgotten: number): void => {
      counts.forgotten += forgotten
    }
    pending.push(store.forgetNonces(now, forgetting).then(counted, () => {}))
  }

  async function settle(): Promise<void> {
    await Promise.all(pending.splice(0))
  }

  const send = (skew: number): Promise<boolean> => accept({ nonce: `n${made++}`, signedAt: now + skew })

  return {
    counts,
    send,
    isFenced: (skew) => isWithin(fenced, now + skew),
    async replay(which) {
      const again: Sent[] = []
      for (const [index, request] of [...taken].entries()) {
        if (which(index) && (await accept(request))) again.push(request)
      }
      return again
    },
    moveClock(by) {
      now += by
    },
    sweep,
    work() {
      const read = (): Promise<unknown> => store.write((tx) => tx.selectFrom('setting').select('name').execute())
      for (let count = 0; count < 3; count++) pending.push(read().catch(() => {}))
    },
    turn: () => new Promise((next) => setImmediate(next)),
    fail(sql, left) {
      failing = { sql, left }
    },
    settle,
    async restart() {
      await settle()
      await store.close()
      store = await open(folder)
    },
    async kill(left) {
      killing = { left }
      const first = send(0)
      for (let index = 0; index < 3; index++) await send(index)
      sweep()
      await first
      await settle()
      const { files = copied(folder), known = acknowledged } = killing
      killing = undefined
      await store.close()
      acknowledged = [...known]
      store = await open(files)
    },
    close: () => store.close(),
  }
}
