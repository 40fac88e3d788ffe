import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { postgresTypes } from '../../packages/server/src/store/migrations/column-types.ts'
import { migrate } from '../../packages/server/src/store/migrations/index.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { until } from '../support/time.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''

describe.skipIf(postgresBin === undefined)(
  `a database that nodes of the version before use is upgraded${enable}`,
  () => {
    const server = serverOfTests()
    let database: Awaited<ReturnType<typeof server.newDatabase>>
    let other: pg.Client
    /** Outside of any transaction: inside of one it would see what it saw first. */
    let watcher: pg.Client

    beforeEach(async () => {
      database = await server.newDatabase()
      const pool = new pg.Pool({ connectionString: database.url, max: 1 })
      const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
      // Of before the audit trail was made partitions, and columns were added to other tables.
      await migrate(db, postgresTypes, { upTo: '030-paces' })
      await db.destroy()
      other = new pg.Client({ connectionString: database.url })
      watcher = new pg.Client({ connectionString: database.url })
      await Promise.all([other.connect(), watcher.connect()])
    })
    afterEach(async () => {
      await Promise.all([other.end(), watcher.end()])
      await database.drop()
    })

    test.each([
      ['that came to its tables in another order than the upgrade', 'device', 'audit_event'],
      ['in the order of the upgrade', 'audit_event', 'device'],
    ])('a transaction %s ends as it would, and then the upgrade', async (_, first, second) => {
      await other.query('begin')
      await other.query(`select from ${first}`)
      const upgraded = openPostgresStore({ connectionString: database.url })
      // It is looked at below.
      upgraded.catch(() => undefined)
      await until('the upgrade has to wait', async () => {
        const { rows } = await watcher.query(`select 1 from pg_stat_activity where datname = current_database()
        and state = 'active' and wait_event_type in ('Lock', 'Timeout') and pid <> pg_backend_pid()`)
        return rows.length > 0
      })
      await other.query(`select from ${second}`)
      await other.query('commit')
      const store = await upgraded
      const { rows } = await other.query(`select count(*)::int as count from kysely_migration where name > '030-paces'`)
      expect(rows[0].count).toBeGreaterThan(3)
      await store.close()
    })

    test('writers are kept out by the lock of their lane: one that has it ends first', async () => {
      const laneKey = 4711
      await other.query('begin')
      await other.query(`select pg_advisory_xact_lock(${laneKey})`)
      const upgraded = openPostgresStore({ connectionString: database.url, laneKey })
      upgraded.catch(() => undefined)
      const waits = until('the upgrade waits for the lane', async () => {
        const { rows } = await watcher.query(`select 1 from pg_stat_activity where datname = current_database()
        and wait_event = 'advisory'`)
        return rows.length > 0
      })
      expect(await Promise.race([waits.then(() => 'waits'), upgraded.then(() => 'over')])).toBe('waits')
      await other.query('commit')
      await (await upgraded).close()
    })
  },
)
