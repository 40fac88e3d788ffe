import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeSuite } from '../../packages/server/src/access/policy/scope.suite.ts'
import { markRestoredSuite } from '../../packages/server/src/backup/mark-restored.suite.ts'
import { forgetBatch } from '../../packages/server/src/store/access/nonces.ts'
import { ramSuite } from '../../packages/server/src/store/access/ram.suite.ts'
import { auditSuite } from '../../packages/server/src/store/audit/audit.suite.ts'
import { sealsSuite } from '../../packages/server/src/store/audit/seals.suite.ts'
import type { StoreEvent } from '../../packages/server/src/store/events.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { type Place, storeSuite } from '../../packages/server/src/store/store.suite.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { type PostgresServer, postgresBin, startPostgres } from './server.ts'

describe.skipIf(postgresBin === undefined)('PostgreSQL store (enable with: apt-get install -y postgresql)', () => {
  let server: PostgresServer

  beforeAll(async () => {
    server = await startPostgres(postgresBin ?? '')
  })
  afterAll(() => server?.stop())

  async function newPlace(): Promise<Place> {
    const database = await server.newDatabase()
    return { open: (bounds) => openPostgresStore({ connectionString: database.url, ...bounds }), remove: database.drop }
  }
  storeSuite(newPlace)
  ramSuite(newPlace)
  auditSuite(newPlace)
  sealsSuite(newPlace)
  markRestoredSuite(newPlace)
  scopeSuite(async () => openPostgresStore({ connectionString: (await server.newDatabase()).url }))

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

  test('what two nodes add to one number at once is all there, because a conflict is run again', async () => {
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
    expect(events.some(({ kind }) => kind === 'conflict')).toBe(true)
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
