import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { markRestoredSuite } from '../../packages/server/src/backup/mark-restored.suite.ts'
import { forgetBatch } from '../../packages/server/src/store/access/nonces.ts'
import { ramSuite } from '../../packages/server/src/store/access/ram.suite.ts'
import { auditSuite } from '../../packages/server/src/store/audit/audit.suite.ts'
import { sealsSuite } from '../../packages/server/src/store/audit/seals.suite.ts'
import { compiledQuery } from '../../packages/server/src/store/compiled-query.ts'
import { OutsideUnitOfWork, StoreUnavailable, UnfinishedWork } from '../../packages/server/src/store/errors.ts'
import type { StoreEvent } from '../../packages/server/src/store/events.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { type Place, storeSuite } from '../../packages/server/src/store/store.suite.ts'
import type { Reader, Store } from '../../packages/server/src/store/store.ts'
import { addRows, call, expectTrue, newAnswers } from './calls.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

describe.skipIf(postgresBin === undefined)('PostgreSQL store (enable with: apt-get install -y postgresql)', () => {
  const server = serverOfTests()

  async function newPlace(): Promise<Place> {
    const database = await server.newDatabase()
    return { open: (bounds) => openPostgresStore({ connectionString: database.url, ...bounds }), remove: database.drop }
  }
  storeSuite(newPlace)
  ramSuite(newPlace)
  auditSuite(newPlace)
  sealsSuite(newPlace)
  markRestoredSuite(newPlace)

  async function withNodes<T>(
    count: number,
    use: (stores: readonly Store[]) => Promise<T>,
  ): Promise<readonly StoreEvent[]> {
    const events: StoreEvent[] = []
    const database = await server.newDatabase()
    const options = { connectionString: database.url, onEvent: (event: StoreEvent) => void events.push(event) }
    const stores = await Promise.all(Array.from({ length: count }, () => openPostgresStore(options)))
    await use(stores)
    await Promise.all(stores.map((store) => store.close()))
    await database.drop()
    return events
  }

  test('several nodes starting at once on a new database all come up', async () => {
    await withNodes(4, async (stores) => {
      const counts = await Promise.all(
        stores.map((store) => store.read((db) => db.selectFrom('setting').selectAll().execute())),
      )
      expect(counts).toEqual([[], [], [], []])
    })
  })

  test('what two nodes add to one number at once is all there, and nothing had to be run again', async () => {
    const events = await withNodes(2, async (stores) => {
      const [first] = stores
      await first?.write((tx) => tx.insertInto('setting').values({ name: 'n', value: '0' }).execute())
      const increment = (store: Store): Promise<unknown> =>
        store.write(async (tx) => {
          const { value } = await tx.selectFrom('setting').select('value').executeTakeFirstOrThrow()
          await tx
            .updateTable('setting')
            .set({ value: String(Number(value) + 1) })
            .execute()
        })
      await Promise.all(stores.flatMap((store) => Array.from({ length: 8 }, () => increment(store))))
      const rows = await first?.read((db) => db.selectFrom('setting').selectAll().execute())
      expect(rows).toEqual([{ name: 'n', value: '16' }])
    })
    expect(events.filter(({ kind }) => kind === 'repeated')).toEqual([])
    const commits = events.flatMap((event) => (event.kind === 'committed' ? [event.works] : []))
    expect(commits.reduce((sum, works) => sum + works, 0)).toBe(17)
    expect(commits.length).toBeLessThan(17)
  })

  test('ten rows that two nodes change all the time cause no repetition, and none of the changes is lost', async () => {
    const events = await withNodes(2, async (stores) => {
      await addRows(stores[0] as Store, 10)
      const answers = newAnswers()
      let turn = 0
      const random = (): number => (turn++ % 10) / 10
      await Promise.all(
        stores.flatMap((store, node) =>
          Array.from({ length: 8 }, (_, caller) =>
            call(store, `${node} ${caller}`, answers, { rows: 10, random, goesOn: (made) => made < 15 }),
          ),
        ),
      )
      await expectTrue(stores[0] as Store, answers)
      expect([...answers.done.values()].flat().length + answers.recorded.length).toBe(2 * 8 * 15)
    })
    expect(events.filter(({ kind }) => kind === 'repeated')).toEqual([])
  })

  const put = (store: Store | undefined, name: string): Promise<unknown> | undefined =>
    store?.write((tx) => tx.insertInto('setting').values({ name, value: '' }).execute())
  const settings = compiledQuery((db: Reader, _given: object) => db.selectFrom('setting').selectAll())
  const names = async (store: Store | undefined): Promise<unknown> => {
    const found = await store?.read((db) => settings(db, {}))
    return found?.rows.map(({ name }) => name).sort()
  }

  test('a work that ignores the failure of a statement fails alone, for PostgreSQL has undone it', async () => {
    await withNodes(1, async ([store]) => {
      await put(store, 'a')
      const ignoring = store?.write(async (tx) => {
        await tx.insertInto('setting').values({ name: 'b', value: '' }).execute()
        await tx
          .insertInto('setting')
          .values({ name: 'a', value: '' })
          .execute()
          .catch(() => {})
        return 'done'
      })
      const outcomes = await Promise.allSettled([put(store, 'c'), ignoring, put(store, 'd')])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await names(store)).toEqual(['a', 'c', 'd'])
    })
  })

  test('a work that waits for something else is undone alone, and what it still does is refused', async () => {
    const database = await server.newDatabase()
    const store = await openPostgresStore({ connectionString: database.url, unfinishedMs: 200 })
    let runs = 0
    let goOn = (): void => {}
    let late: Promise<unknown> | undefined
    const stuck = store.write(async (tx) => {
      runs += 1
      await tx.insertInto('setting').values({ name: 'a', value: '' }).execute()
      await new Promise<void>((resolve) => (goOn = resolve))
      late = tx.insertInto('setting').values({ name: 'late', value: '' }).execute()
      await late
    })
    const outcomes = await Promise.allSettled([stuck, put(store, 'b')])
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: expect.any(UnfinishedWork) },
      { status: 'fulfilled' },
    ])
    expect(runs).toBe(1)
    goOn()
    await put(store, 'c')
    await expect(late).rejects.toThrow(OutsideUnitOfWork)
    expect(await names(store)).toEqual(['b', 'c'])
    await store.close()
    await database.drop()
  })

  async function asAdmin<T>(url: string, use: (admin: pg.Client) => Promise<T>): Promise<T> {
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    try {
      return await use(admin)
    } finally {
      await admin.end()
    }
  }

  test('a table that another node gives a column while statements on it are prepared goes on being read and written', async () => {
    const database = await server.newDatabase()
    const store = await openPostgresStore({ connectionString: database.url })
    const readInWrite = (): Promise<number> => store.write(async (tx) => (await settings(tx, {})).rows.length)
    await put(store, 'a')
    expect([await names(store), await readInWrite()]).toEqual([['a'], 1])
    await asAdmin(database.url, (admin) => admin.query('alter table setting add column more text'))
    expect([await names(store), await readInWrite()]).toEqual([['a'], 1])
    await store.close()
    await database.drop()
  })

  test('while another holds the lock of the lane, writes wait, are refused in time and never done; other lanes go on', async () => {
    const database = await server.newDatabase()
    const open = (laneKey: number): Promise<Store> =>
      openPostgresStore({ connectionString: database.url, laneKey, waitMs: 500 })
    const stores = [await open(7), await open(8)] as const
    await asAdmin(database.url, async (admin) => {
      await admin.query('begin; select pg_advisory_xact_lock(7)')
      await expect(put(stores[0], 'a')).rejects.toThrow(StoreUnavailable)
      await put(stores[1], 'b')
      expect(await names(stores[0])).toEqual(['b'])
      await admin.query('commit')
    })
    await put(stores[0], 'c')
    expect(await names(stores[0])).toEqual(['b', 'c'])
    await Promise.all(stores.map((store) => store.close()))
    await database.drop()
  })

  test('expired nonces are forgotten so many at a time, that a commit does not take long', async () => {
    await withNodes(1, async ([store]) => {
      const row = (index: number) => ({ hash: `h${index}`, expires_at: 500 })
      const many = Array.from({ length: 2 * forgetBatch + 10 }, (_, index) => row(index))
      await store?.write((tx) => tx.insertInto('nonce').values(many).execute())
      const forgotten = [500, 501, 501, 501, 501].map((now) => () => store?.forgetNonces(now, () => {}))
      const counts = []
      for (const forget of forgotten) counts.push(await forget())
      expect(counts).toEqual([0, forgetBatch, forgetBatch, 10, 0])
    })
  })

  test('a nonce used at one node is used at the other', async () => {
    await withNodes(2, async (stores) => {
      const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt: 1 }
      const burns = await Promise.all(stores.map((store) => store.burnNonce(nonce)))
      expect(burns.filter(({ fresh }) => fresh)).toHaveLength(1)
    })
  })
})
