import { Kysely, Migrator, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day, type KeptTrail, keptTrail, newSealer } from '../../packages/server/src/store/audit/trail.suite.ts'
import { trailParts, verifyTrail } from '../../packages/server/src/store/audit/verify.ts'
import { postgresTypes } from '../../packages/server/src/store/migrations/column-types.ts'
import { steps } from '../../packages/server/src/store/migrations/index.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { until } from '../support/time.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const title = 'the audit trail of a PostgreSQL database is in partitions'
const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''
/** A sixteenth of it is a day. */
const days = 16
const never = (): boolean => false

describe.skipIf(postgresBin === undefined)(`${title}${enable}`, () => {
  const server = serverOfTests()
  let database: Awaited<ReturnType<typeof server.newDatabase>>
  let direct: pg.Client
  const stores: Store[] = []

  beforeEach(async () => {
    database = await server.newDatabase()
    direct = new pg.Client({ connectionString: database.url })
    await direct.connect()
  })
  afterEach(async () => {
    await direct.end()
    for (const store of stores.splice(0)) await store.close()
    await database.drop()
  })

  async function open(): Promise<Store> {
    const store = await openPostgresStore({ connectionString: database.url })
    stores.push(store)
    return store
  }

  async function rows<R extends pg.QueryResultRow>(text: string): Promise<readonly R[]> {
    return (await direct.query<R>(text)).rows
  }

  const partitions = async (): Promise<readonly string[]> =>
    (
      await rows<{ name: string }>(`select relname as name from pg_class where relispartition and relkind = 'r'
       and relname like 'audit_event%' order by oid`)
    ).map(({ name }) => name)
  const ids = async (): Promise<readonly number[]> =>
    (await rows<{ id: string }>('select id from audit_event order by id')).map(({ id }) => Number(id))
  const verified = async (store: Store, { sealKey }: KeptTrail) =>
    verifyTrail(trailParts(store), { publicKey: sealKey.key.publicKey })

  /** Days go by: on each some entries come, are sealed, and what is due is done. */
  async function live(trail: KeptTrail, howLong: number, entries = 3): Promise<void> {
    const keeper = trail.keeper({ days })
    for (let passed = 0; passed < howLong; passed++) {
      await trail.add(entries)
      await keeper.round(never)
      await keeper.sealAll(100)
      trail.now += day
    }
  }

  test('entries of a day that is over are forgotten by dropping their partition: no entry is deleted', async () => {
    const store = await open()
    const trail = await keptTrail(store, newSealer())
    await direct.query(`create function refuse() returns trigger language plpgsql as $$ begin raise 'An entry is deleted.'; end $$;
      create trigger refuse before delete on audit_event for each row execute function refuse()`)
    await live(trail, days + 4)
    const kept = (await ids()).length
    // A day's entries stay until the newest of them may go.
    expect(kept).toBeGreaterThanOrEqual(3 * days)
    expect(kept).toBeLessThanOrEqual(3 * (days + 2))
    expect(await partitions()).not.toContain('audit_event_1')
    expect((await partitions()).length).toBeLessThanOrEqual(days + 4)
    expect(await verified(store, trail)).toMatchObject({ entries: kept })
  })

  test('a seal that is about entries of two partitions goes with the older one', async () => {
    const store = await open()
    const trail = await keptTrail(store, newSealer())
    const keeper = trail.keeper({ days })
    await trail.add(3)
    await keeper.round(never)
    // The day before was not sealed: one seal is about both.
    trail.now += day
    await store.auditPartitions?.advance({ spanMs: day, entries: 1_000_000 }, trail.now)
    await trail.add(2)
    await keeper.sealAll(1)
    expect(await rows('select first_id, last_id, entries from audit_seal')).toEqual([
      { first_id: '1', last_id: '1000002', entries: '5' },
    ])
    trail.now += days * day
    await trail.add(4)
    await keeper.sealAll(1)
    trail.now += 2 * day
    await keeper.round(never)
    expect(await ids()).toEqual([1_000_003, 1_000_004, 1_000_005, 1_000_006])
    expect(await verified(store, trail)).toMatchObject({ entries: 4, seals: 1 })
  })

  test('while somebody reads the trail nothing is forgotten, nobody waits, and it is forgotten afterwards', async () => {
    const store = await open()
    const trail = await keptTrail(store, newSealer())
    await live(trail, days)
    const before = await partitions()
    await direct.query('begin')
    const first = await ids()
    trail.now += 5 * day
    const keeper = trail.keeper({ days })
    const round = keeper.round(never)
    await trail.add(1)
    await round
    expect(await ids()).toEqual([...first, expect.any(Number)])
    const { entries, unsealed } = await verified(store, trail)
    expect(entries + unsealed).toBe(first.length + 1)
    await direct.query('commit')
    await keeper.round(never)
    expect((await ids())[0]).toBeGreaterThan(first[0] ?? Number.NaN)
    expect(await partitions()).not.toContain(before[0])
    expect(await verified(store, trail)).toMatchObject({ entries: (await ids()).length })
  })

  test('entries of two nodes are all kept while one partition after the other begins', async () => {
    const [one, other] = [await open(), await open()]
    const sealer = newSealer()
    const trails = [await keptTrail(one, sealer), await keptTrail(other, sealer)] as const
    const [first] = trails
    let isOver = false
    const advancing = (async () => {
      while (!isOver) {
        for (const trail of trails) trail.now += day
        await Promise.all(
          stores.map((store) => store.auditPartitions?.advance({ spanMs: day, entries: 1000 }, first.now)),
        )
      }
    })()
    let each = 0
    for (; (await partitions()).length < 6; each += 25) await Promise.all(trails.map((trail) => trail.add(25)))
    isOver = true
    await advancing
    expect(
      await rows(
        'select count(*) as entries, count(distinct id) as numbers, count(distinct request_id) as calls from audit_event',
      ),
    ).toEqual([{ entries: String(2 * each), numbers: String(2 * each), calls: String(each) }])
    await first.keeper().sealAll(1000)
    expect(await verified(one, first)).toMatchObject({ entries: 2 * each, unsealed: 0 })
  })

  test('an entry without a partition of its own is kept, and gets one', async () => {
    const store = await open()
    const trail = await keptTrail(store, newSealer())
    await trail.add(1)
    await direct.query("select setval('audit_event_id_seq', 7000000, false)")
    await trail.add(2)
    expect(await rows('select id from audit_event_rest order by id')).toHaveLength(2)
    await trail.keeper({ days }).round(never)
    expect(await rows('select id from audit_event_rest')).toEqual([])
    await trail.add(1)
    expect(await rows('select id from audit_event_rest')).toEqual([])
    expect(await ids()).toEqual([1, 7_000_000, 7_000_001, 7_000_002])
  })

  test('a trail from before is the first partition as it is, and a node of the version before goes on with it', async () => {
    const pool = new pg.Pool({ connectionString: database.url })
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    const provider = { getMigrations: async () => steps(postgresTypes) }
    const { error } = await new Migrator({ db, provider }).migrateTo('030-paces')
    expect(error).toBeUndefined()
    await db.destroy()
    const names =
      'at, account_id, principal, principal_id, access_key_id, source, product, action, level, resources, request_id'
    const add = (id: string): pg.QueryConfig => ({
      name: 'add',
      text: `insert into audit_event (${names}) values ($1, 'a', 'p', 'i', 'k', 's', 'x', 'y', 'Read', '', $2) returning id`,
      values: [Date.UTC(2026, 4, 1), id],
    })
    const newest = { name: 'newest', text: 'select max(id) as id from audit_event' }
    for (const id of ['one', 'two', 'three']) await direct.query(add(id))
    await direct.query(newest)
    const { rows: files } = await direct.query("select pg_relation_filenode('audit_event') as file")

    // Somebody reads for long, a backup perhaps: others go on meanwhile, and the upgrade waits.
    const reader = new pg.Client({ connectionString: database.url })
    await reader.connect()
    await reader.query('begin; select count(*) from audit_event')
    const opening = open()
    await until('the upgrade waits', async () => {
      const [waiting] = await rows<{ wait: string }>(
        "select wait_event as wait from pg_stat_activity where application_name = 'opensag schema' and wait_event = 'PgSleep'",
      )
      return waiting !== undefined
    })
    await direct.query("set lock_timeout = '5s'")
    await direct.query(add('meanwhile'))
    await reader.end()
    const store = await opening
    const trail = await keptTrail(store, newSealer())
    expect((await direct.query("select pg_relation_filenode('audit_event_before') as file")).rows).toEqual(files)
    // The node of the version before, on the connection that it had.
    const { rows: added } = await direct.query(add('four'))
    expect((await direct.query(newest)).rows).toEqual(added)
    expect(Number(added[0]?.id)).toBeGreaterThan(4)
    await trail.add(1)
    await trail.keeper({ days }).sealAll(1)
    expect(await verified(store, trail)).toMatchObject({ entries: 6 })
    expect((await direct.query('delete from audit_event where id <= 4')).rowCount).toBe(4)
    expect(await ids()).toHaveLength(2)
  })
})
