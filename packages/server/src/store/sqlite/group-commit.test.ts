import { statSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { type AuditEntry, auditEventsById } from '../audit/audit.ts'
import { OutsideUnitOfWork, UnfinishedWork, WriteFailed } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { Store, Writer } from '../store.ts'
import type { OpenMode } from './driver.ts'
import { observedDriver, sqliteError } from './failing-driver.suite.ts'
import { temporaryFolder } from './folders.suite.ts'
import { openSqliteStore } from './open.ts'

interface Opened {
  readonly store: Store
  readonly events: readonly StoreEvent[]
  /** What the connections were told, from the moment the store was open. */
  readonly statements: readonly string[]
  /** Makes the next statement that begins so fail; `undone` as if SQLite had rolled everything back with it. */
  failNext(sql: string, code: string, undone?: boolean): void
}

async function openObserved(unfinishedMs = 60_000): Promise<Opened> {
  const events: StoreEvent[] = []
  const statements: string[] = []
  const failing = new Map<string, { readonly code: string; readonly undone: boolean }>()
  const driver = observedDriver((sql, rollback) => {
    statements.push(sql)
    for (const [start, { code, undone }] of failing) {
      if (!sql.startsWith(start)) continue
      failing.delete(start)
      if (undone) rollback()
      throw sqliteError(code)
    }
  })
  const folder = temporaryFolder()
  // Who shares a commit must not depend on how fast the machine is.
  const timing = { unfinishedMs, groupMs: 60_000 }
  const store = await openSqliteStore({ folder, driver, ...timing, onEvent: (event) => events.push(event) })
  statements.length = 0
  onTestFinished(() => store.close())
  return {
    store,
    events,
    statements,
    failNext: (sql, code, undone = false) => void failing.set(sql, { code, undone }),
  }
}

function put(name: string): (tx: Writer) => Promise<void> {
  return async (tx) => void (await tx.insertInto('setting').values({ name, value: '' }).execute())
}

async function names(store: Store): Promise<readonly string[]> {
  const rows = await store.read((db) => db.selectFrom('setting').select('name').orderBy('name').execute())
  return rows.map(({ name }) => name)
}

function count(statements: readonly string[], word: string): number {
  return statements.filter((sql) => sql.startsWith(word)).length
}

test('64 callers who write again and again need far fewer commits than writes', async () => {
  const { store, statements, events } = await openObserved()
  await Promise.all(
    Array.from({ length: 64 }, async (_, caller) => {
      for (let index = 0; index < 10; index++) await store.write(put(`${caller}-${index}`))
    }),
  )
  expect((await names(store)).length).toBe(640)
  expect(count(statements, 'commit')).toBeLessThan(64)
  const committed = events.map((event) => (event.kind === 'committed' ? event.works : 0))
  expect(committed.reduce((sum, works) => sum + works, 0)).toBe(640)
})

test('a nonce and what is written because it was fresh share one commit', async () => {
  const { store, statements } = await openObserved()
  const { fresh, durable } = await store.burnNonce({ accessKeyId: 'k', nonce: 'n', expiresAt: 1 })
  expect(fresh).toBe(true)
  expect(count(statements, 'commit')).toBe(0)
  await Promise.all([store.write(put('a')), durable])
  expect(count(statements, 'commit')).toBe(1)
})

test('a lonely write needs no savepoint', async () => {
  const { store, statements } = await openObserved()
  await store.write(put('a'))
  expect(count(statements, 'savepoint')).toBe(0)
})

test('nobody hears of an outcome before the commit it rests on', async () => {
  const { store, failNext } = await openObserved()
  failNext('commit', 'SQLITE_FULL')
  const alreadyThere = new Error('already there')
  const outcomes = await Promise.allSettled([
    store.write(put('a')),
    store.write(async (tx) => {
      if ((await tx.selectFrom('setting').selectAll().execute()).length > 0) throw alreadyThere
    }),
  ])
  // The second one's refusal rests on a row that never was.
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: expect.any(WriteFailed) })
})

test.each([
  ['BEGIN meets a locked database', 'begin', 'SQLITE_BUSY', false],
  ['COMMIT finds the disk full', 'commit', 'SQLITE_FULL', false],
  ['COMMIT cannot flush', 'commit', 'SQLITE_IOERR_FSYNC', true],
  ['a statement finds the disk full', 'insert', 'SQLITE_FULL', true],
  ['a savepoint fails', 'savepoint', 'SQLITE_IOERR', true],
])('when %s all of the group fail with the cause, nothing remains, and the next write works', async (...row) => {
  const [, sql, code, undone] = row
  const { store, failNext, events } = await openObserved()
  failNext(sql, code, undone)
  const outcomes = await Promise.allSettled([store.write(put('a')), store.write(put('b'))])
  const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(failed.length).toBeGreaterThan(0)
  for (const reason of failed) expect(reason).toMatchObject({ name: 'WriteFailed', cause: { code } })
  const kept = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [['a', 'b'][index]] : []))
  expect(await names(store)).toEqual(kept)
  expect(events).toContainEqual(expect.objectContaining({ kind: 'commit-failed', works: failed.length }))
  await store.write(put('c'))
  expect(await names(store)).toEqual([...kept, 'c'])
})

test('a nonce whose commit failed was fresh, is not durable, and stays used: part of the request may have been done', async () => {
  const { store, failNext } = await openObserved()
  const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt: 1 }
  failNext('commit', 'SQLITE_IOERR')
  const { fresh, durable } = await store.burnNonce(nonce)
  expect(fresh).toBe(true)
  await expect(durable).rejects.toThrow(WriteFailed)
  expect((await store.burnNonce(nonce)).fresh).toBe(false)
})

test('when even the rollback fails every later write is refused, and reads go on', async () => {
  const { store, failNext } = await openObserved()
  await store.write(put('a'))
  failNext('commit', 'SQLITE_IOERR')
  failNext('rollback', 'SQLITE_IOERR')
  await expect(store.write(put('b'))).rejects.toThrow(WriteFailed)
  await expect(store.write(put('c'))).rejects.toThrow(WriteFailed)
  expect(await names(store)).toEqual(['a'])
})

test('a full disk of SQLite itself fails the writes that do not fit and no other', async () => {
  const driver = observedDriver(() => {})
  const limited = {
    ...driver,
    open(file: string, mode: OpenMode) {
      const connection = driver.open(file, mode)
      // Room for a few large rows beside the schema, and not for all.
      const pages = Math.ceil(statSync(file).size / 4096)
      if (mode === 'write') connection.exec(`pragma max_page_count = ${pages + 60}`)
      return connection
    },
  }
  const store = await openSqliteStore({ folder: temporaryFolder(), driver: limited })
  onTestFinished(() => store.close())
  const large = (name: string): Promise<unknown> =>
    store.write((tx) =>
      tx
        .insertInto('setting')
        .values({ name, value: 'x'.repeat(20_000) })
        .execute(),
    )
  const acknowledged: string[] = []
  const failures: unknown[] = []
  for (let index = 10; index < 40; index++) {
    await large(`${index}`).then(
      () => acknowledged.push(`${index}`),
      (error: unknown) => failures.push(error),
    )
  }
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(failures.length).toBeGreaterThan(0)
  expect(failures[0]).toMatchObject({ name: 'WriteFailed', cause: { code: 'SQLITE_FULL' } })
  expect(await names(store)).toEqual(acknowledged)
  await store.write(put('small'))
})

test('a work that awaits something else is undone after a while, the others go through, and it can do no harm later', async () => {
  const { store, events } = await openObserved(40)
  let wake: () => void = () => {}
  const never = new Promise<void>((resolve) => {
    wake = resolve
  })
  let saidLater: (error: unknown) => void = () => {}
  const late = new Promise((resolve) => {
    saidLater = resolve
  })
  const stuck = store.write(async (tx) => {
    await put('stuck')(tx)
    await never
    await put('late')(tx).catch(saidLater)
  })
  const [outcome] = await Promise.allSettled([stuck, store.write(put('other'))])
  expect(outcome).toMatchObject({ reason: expect.any(UnfinishedWork) })
  expect(await names(store)).toEqual(['other'])
  expect(events).toContainEqual({ kind: 'unfinished-work', unit: 'write' })
  const next = store.write(put('next'))
  wake()
  await next
  expect(await late).toBeInstanceOf(OutsideUnitOfWork)
  expect(await names(store)).toEqual(['next', 'other'])
})

test('a work that was given up cannot write in the turn of another', async () => {
  const { store } = await openObserved(20)
  let release = (): void => {}
  let late: Promise<void> | undefined
  const stuck = store.write(async (tx) => {
    await new Promise<void>((resolve) => (release = resolve))
    late = put('late')(tx)
    await late
  })
  await expect(stuck).rejects.toThrow(UnfinishedWork)
  const refused = store.write(async (tx) => {
    release()
    // By now the other one goes on, while the transaction is this one's.
    for (let turns = 0; turns < 5; turns++) await Promise.resolve()
    await expect(late).rejects.toThrow(OutsideUnitOfWork)
    await put('own')(tx)
  })
  await refused
  expect(await names(store)).toEqual(['own'])
})

test('who waits for a commit gets one, however many more works there are', async () => {
  const { store } = await openObserved()
  let [begun, isOver] = [0, false]
  /** One that is followed by another for as long as nobody has heard of the first. */
  const chain = (): Promise<void> =>
    store.write(async (tx) => {
      begun += 1
      if (!isOver && begun < 20_000) void chain()
      await tx.selectFrom('setting').select('name').limit(1).execute()
    })
  await chain()
  isOver = true
  expect(begun).toBeLessThan(2_000)
})

test('a read that awaits something else is given up, and reads after it see what is written since', async () => {
  const { store, events } = await openObserved(40)
  const stuck = store.read(async (db) => {
    await db.selectFrom('setting').selectAll().execute()
    await new Promise(() => {})
  })
  await expect(stuck).rejects.toThrow(UnfinishedWork)
  expect(events).toContainEqual({ kind: 'unfinished-work', unit: 'read' })
  await store.write(put('a'))
  expect(await names(store)).toEqual(['a'])
})

test('a handle that is kept beyond its unit of work is refused', async () => {
  const { store } = await openObserved()
  const tx = await store.write(async (kept) => ({ kept }))
  const db = await store.read(async (kept) => ({ kept }))
  await expect(put('a')(tx.kept)).rejects.toThrow(OutsideUnitOfWork)
  await expect(db.kept.selectFrom('setting').selectAll().execute()).rejects.toThrow(OutsideUnitOfWork)
})

test('closing waits for what was handed in and refuses what comes later', async () => {
  const { store } = await openObserved()
  const written = store.write(put('a')).then(() => 'written')
  const closed = store.close().then(() => 'closed')
  await expect(store.write(put('b'))).rejects.toThrow('closed')
  expect(await Promise.race([written, closed])).toBe('written')
  await closed
})

const entry: AuditEntry = {
  at: 0,
  accountId: '1',
  principal: '',
  principalId: '',
  accessKeyId: '',
  source: '',
  product: '',
  action: '',
  level: 'Write',
  regionId: undefined,
  resources: [],
  outcome: undefined,
  requestId: '',
}

async function outcomes(store: Store): Promise<readonly (string | undefined)[]> {
  return (await store.read((db) => auditEventsById(db, 0, 100))).map(({ outcome }) => outcome)
}

test('a nonce, what a call writes and the record of it share one commit', async () => {
  const { store, statements } = await openObserved()
  const { durable } = await store.burnNonce({ accessKeyId: 'k', nonce: 'n', expiresAt: 1 })
  await Promise.all([durable, store.writeAudited(put('a'), () => entry)])
  await Promise.all([store.record(entry), store.write(put('b'))])
  expect(count(statements, 'commit')).toBe(2)
  expect(count(statements, 'insert into audit_event')).toBe(2)
})

test('the record of a work that failed is kept, and nothing else of it', async () => {
  const { store } = await openObserved()
  const failing = store.writeAudited(
    async (tx) => {
      await put('a')(tx)
      throw new Error('refused')
    },
    (outcome) => ({ ...entry, outcome: 'error' in outcome ? String(outcome.error) : undefined }),
  )
  await expect(failing).rejects.toThrow('refused')
  expect([await names(store), await outcomes(store)]).toEqual([[], ['Error: refused']])
})

test('a record whose commit fails is not acknowledged, nor is what it is of', async () => {
  for (const statement of ['insert into audit_event', 'commit']) {
    const { store, failNext } = await openObserved()
    failNext(statement, 'SQLITE_FULL')
    const both = await Promise.allSettled([store.writeAudited(put('a'), () => entry), store.record(entry)])
    expect(both.map((one) => one.status === 'rejected' && one.reason)).toEqual([
      expect.any(WriteFailed),
      expect.any(WriteFailed),
    ])
    expect([await names(store), await outcomes(store)]).toEqual([[], []])
    await store.record(entry)
    expect(await outcomes(store)).toEqual([undefined])
  }
})

test('closing waits for records that were handed in and refuses those that come later', async () => {
  const { store } = await openObserved()
  const recorded = store.record(entry)
  const closed = store.close()
  await expect(store.record(entry)).rejects.toThrow('closed')
  await Promise.all([recorded, closed])
})
