import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import { StoreUnavailable } from '../../packages/server/src/store/errors.ts'
import type { StoreEvent } from '../../packages/server/src/store/events.ts'
import { openPostgresStore, type PostgresStoreOptions } from '../../packages/server/src/store/postgres/open.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { limit, until } from '../support/time.ts'
import { addRows, call, entry, expectTrue, newAnswers } from './calls.ts'
import { type Cut, type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const title = 'a PostgreSQL store whose connections break'
const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''

/** A commit of the lane, the batch of entries, the batch of nonces: each commits. */
const lane = 'Q\0\0\0\vcommit\0'
const trail = 'pass-and-trail\0'

/** Chance of every decision of a call that makes it a change of this kind. */
const [inOrder, merged] = [0.9, 0.5]

describe.skipIf(postgresBin === undefined)(`${title} (seed ${seed})${enable}`, () => {
  const server = serverOfTests()

  async function behindProxies<T>(
    count: number,
    texts: readonly string[],
    options: Partial<PostgresStoreOptions>,
    use: (stores: readonly Store[], proxies: readonly CuttingProxy[], events: readonly StoreEvent[]) => Promise<T>,
  ): Promise<T> {
    const database = await server.newDatabase()
    const events: StoreEvent[] = []
    const proxies: CuttingProxy[] = []
    const stores: Store[] = []
    try {
      for (let node = 0; node < count; node++) {
        const proxy = await startCuttingProxy(database.url, texts)
        proxies.push(proxy)
        const onEvent = (event: StoreEvent): void => void events.push(event)
        stores.push(await openPostgresStore({ connectionString: proxy.url, onEvent, ...options }))
      }
      return await use(stores, proxies, events)
    } finally {
      for (const proxy of proxies) proxy.decide(undefined)
      for (const proxy of proxies) proxy.open(true)
      for (const proxy of proxies) proxy.freeze(false)
      await Promise.all(stores.map((store) => store.close()))
      await Promise.all(proxies.map((proxy) => proxy.close()))
      await database.drop()
    }
  }

  const kinds: readonly Cut[] = ['before', 'behind', 'after its answer']

  test.each([
    ['commits', [lane]],
    ['batches of entries', [trail]],
  ])(
    'when %s are cut at any moment, each call of two nodes is done once and answered',
    async (_, texts) => {
      const random = randomFrom(seed)
      await behindProxies(2, texts, { waitMs: limit(60_000) }, async (stores, proxies) => {
        await addRows(stores[0] as Store, 10)
        for (const proxy of proxies) {
          proxy.decide(() => (random() < 0.2 ? kinds[Math.floor(random() * kinds.length)] : undefined))
        }
        const cutsOf = (kind: Cut): number => proxies.reduce((sum, { cuts }) => sum + (cuts.get(kind) ?? 0), 0)
        const goesOn = (made: number): boolean => made < 25 || (made < 1000 && !kinds.every((kind) => cutsOf(kind) > 0))
        const answers = newAnswers()
        const calls = stores.flatMap((store, node) =>
          Array.from({ length: 8 }, (_, caller) =>
            call(store, `${node} ${caller}`, answers, { rows: 10, random, goesOn }),
          ),
        )
        await Promise.all(calls)
        for (const proxy of proxies) proxy.decide(undefined)
        await expectTrue(stores[0] as Store, answers)
        // The bound is far: nobody is told that it did not work out.
        expect([...answers.unknown, ...answers.notDone]).toEqual([])
        for (const kind of kinds) expect(cutsOf(kind), kind).toBeGreaterThan(0)
      })
    },
    limit(120_000),
  )

  test(
    'when a commit has left and the database stays away, the outcome is said to be unknown, and then is what it was',
    async () => {
      for (const [cut, chance] of [
        ['before', inOrder],
        ['behind', inOrder],
        ['before', merged],
        ['behind', merged],
      ] as const) {
        await behindProxies(1, [lane], { waitMs: limit(1000) }, async ([store], [proxy]) => {
          const [one, gate] = [store as Store, proxy as CuttingProxy]
          await addRows(one, 1)
          gate.decide(() => {
            setImmediate(() => gate.open(false))
            return cut
          })
          const answers = newAnswers()
          await call(one, 'x', answers, { rows: 1, random: () => chance, goesOn: (made) => made < 1 })
          expect(answers.unknown).toEqual(['x 0'])
          gate.decide(undefined)
          gate.open(true)
          await call(one, 'y', answers, { rows: 1, random: () => chance, goesOn: (made) => made < 1 })
          await expectTrue(one, answers)
          const trail = await one.read((db) => db.selectFrom('audit_event').select('request_id').execute())
          expect(trail.map((row) => row.request_id)).toEqual(cut === 'before' ? ['y 0'] : ['x 0', 'y 0'])
        })
      }
    },
    limit(60_000),
  )

  test(
    'when the database is away, whatever is asked of the store is refused in time and never done; then it serves again',
    async () => {
      await behindProxies(1, [], { waitMs: limit(1000) }, async ([store], [proxy]) => {
        const [one, gate] = [store as Store, proxy as CuttingProxy]
        await addRows(one, 1)
        const put = (name: string) => one.write((tx) => tx.insertInto('setting').values({ name, value: '' }).execute())
        gate.open(false)
        const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt: 1 }
        const read = () => one.read((db) => db.selectFrom('setting').select('name').execute())
        const asked = [put('a'), one.record(entry('b')), one.burnNonce(nonce), read()]
        for (const outcome of await Promise.allSettled(asked)) {
          expect(outcome).toEqual({ status: 'rejected', reason: expect.any(StoreUnavailable) })
        }
        gate.open(true)
        await put('c')
        expect((await read()).map(({ name }) => name).sort()).toEqual(['c', 'row 0'])
        expect((await one.burnNonce(nonce)).fresh).toBe(true)
        await one.record(entry('d'))
        const trail = await one.read((db) => db.selectFrom('audit_event').select('request_id').execute())
        expect(trail).toEqual([{ request_id: 'd' }])
      })
    },
    limit(60_000),
  )

  test(
    'when the database falls silent, calls are refused in time, and the store finds its way back',
    async () => {
      const limits = { connect: 500, answer: limit(1500), statement: limit(1300), lock: limit(1200), idle: limit(1000) }
      await behindProxies(1, [], { waitMs: limit(1000), limits }, async ([store], [proxy]) => {
        const [one, gate] = [store as Store, proxy as CuttingProxy]
        await addRows(one, 1)
        const answers = newAnswers()
        gate.freeze(true)
        await call(one, 'x', answers, { rows: 1, random: () => 0.9, goesOn: (made) => made < 2 })
        expect(answers.notDone).toEqual(['x 0', 'x 1'])
        await expect(one.read((db) => db.selectFrom('setting').select('name').execute())).rejects.toThrow(
          StoreUnavailable,
        )
        gate.freeze(false)
        const back = newAnswers()
        await until('it serves again', async () => {
          await call(one, `y ${Math.random()}`, back, { rows: 1, random: () => 0.9, goesOn: (made) => made < 1 })
          return back.done.size > 0
        })
        await expectTrue(one, { ...back, notDone: [...back.notDone, ...answers.notDone] })
      })
    },
    limit(60_000),
  )

  test(
    'when PostgreSQL gives up waiting for the standby, the commit is not acknowledged before it is there',
    async () => {
      const database = await server.newDatabase()
      const admin = new pg.Client({ connectionString: database.url })
      await admin.connect()
      const set = async (standbys: string): Promise<void> => {
        await admin.query(`alter system set synchronous_standby_names = '${standbys}'`)
        await admin.query('select pg_reload_conf()')
      }
      const waiting = async (): Promise<readonly { readonly pid: number }[]> =>
        (await admin.query(`select pid from pg_stat_activity where wait_event = 'SyncRep' and query <> ''`)).rows
      const prober = new pg.Client({ connectionString: database.url })
      await prober.connect()
      /** A setting is in force some time after it was loaded: whether a commit of now waits for the standby. */
      async function commitWaits(): Promise<boolean> {
        let isOver = false
        const committed = prober.query(`select pg_logical_emit_message(true, 'probe', '')`).then(() => {
          isOver = true
        })
        const [waits] = await until('it is committed or waits', async () => {
          const found = await waiting()
          return (isOver || found.length > 0) && [found]
        })
        for (const { pid } of waits ?? []) await admin.query('select pg_cancel_backend($1)', [pid])
        await committed
        return (waits ?? []).length > 0
      }
      const store = await openPostgresStore({ connectionString: database.url, waitMs: limit(60_000) })
      await addRows(store, 1)
      const answers = newAnswers()
      await set('none')
      try {
        await until('commits wait for the standby', commitWaits)
        let answered = false
        const write = store.writeAudited(
          (tx) => tx.updateTable('setting').set({ value: '1' }).execute(),
          () => entry('x'),
        )
        void write.then(() => {
          answered = true
        })
        for (let cancelled = 0; cancelled < 3; cancelled++) {
          const [backend] = await until('a commit waits for the standby', async () => {
            const found = await waiting()
            return found.length > 0 && found
          })
          await admin.query('select pg_cancel_backend($1)', [backend?.pid])
          await until('it no longer waits', async () => !(await waiting()).some(({ pid }) => pid === backend?.pid))
        }
        expect(answered).toBe(false)
        await set('')
        await write
      } finally {
        await set('')
        await prober.end()
        await admin.end()
      }
      answers.done.set('row 0', ['x'])
      await expectTrue(store, answers)
      await store.close()
      await database.drop()
    },
    limit(120_000),
  )

  test(
    'when PostgreSQL is killed under load, nothing acknowledged is lost, and the store serves again by itself',
    async () => {
      const random = randomFrom(seed)
      await behindProxies(2, [], { waitMs: limit(30_000) }, async (stores) => {
        await addRows(stores[0] as Store, 10)
        const answers = newAnswers()
        const count = (): number => [...answers.done.values()].flat().length
        let enough = false
        const calls = stores.flatMap((store, node) =>
          Array.from({ length: 8 }, (_, caller) =>
            call(store, `${node} ${caller}`, answers, { rows: 10, random, goesOn: () => !enough }),
          ),
        )
        for (let kill = 0; kill < 2; kill++) {
          const before = count()
          await until('calls are done', () => count() > before + 50)
          await server.crash()
          await server.restart()
        }
        const before = count()
        await until('calls are done again', () => count() > before + 50)
        enough = true
        await Promise.all(calls)
        await expectTrue(stores[0] as Store, answers)
      })
    },
    limit(120_000),
  )
})

function randomFrom(start: number): () => number {
  const chance = createChance(start)
  return () => chance.below(1_000_000) / 1_000_000
}
