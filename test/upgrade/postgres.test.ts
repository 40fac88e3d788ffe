import { Kysely, Migrator, PostgresDialect, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { postgresTypes } from '../../packages/server/src/store/migrations/column-types.ts'
import { steps } from '../../packages/server/src/store/migrations/index.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { createPool } from '../../packages/server/src/store/postgres/pool.ts'
import { postgresBin } from '../postgres/server.ts'
import { serverOfTests } from '../postgres/server-of-tests.ts'
import { limit } from '../support/time.ts'
import { expectEverythingIn } from './everything.ts'
import { lastStepOf, rowsOf, type StoredFolder, storedFolders } from './stored-folder.ts'

const title = postgresBin
  ? 'a PostgreSQL database'
  : 'a PostgreSQL database (enable with: apt-get install -y postgresql)'

describe.skipIf(postgresBin === undefined)(title, () => {
  const server = serverOfTests()

  test.each(storedFolders)(
    'of $version holds everything after the upgrade, and opens again',
    async (stored) => {
      const { url, drop } = await server.newDatabase()
      await fill(url, stored)
      for (let start = 0; start < 2; start++) {
        const store = await openPostgresStore({ connectionString: url })
        await expectEverythingIn(store, stored)
        await store.close()
      }
      await drop()
    },
    limit(60_000),
  )
})

/** The steps of that release, which a test holds to be as they were, and then the rows its data folder had. */
async function fill(connectionString: string, stored: StoredFolder): Promise<void> {
  const db = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: new PostgresDialect({ pool: createPool(connectionString) }),
  })
  const provider = { getMigrations: async () => steps(postgresTypes) }
  const { error } = await new Migrator({ db, provider }).migrateTo(lastStepOf(stored))
  expect(error).toBeUndefined()
  await db.transaction().execute(async (tx) => {
    // Rows may come before those they refer to.
    await sql`set local session_replication_role = replica`.execute(tx)
    for (const [name, table] of Object.entries(stored.tables)) {
      if (name.startsWith('kysely_') || table.rows.length === 0) continue
      await tx.insertInto(name).values(rowsOf(table)).execute()
    }
  })
  await db.destroy()
}
