import type { TestProject } from 'vitest/node'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { folderInMemory } from '../support/folder-in-memory.ts'
import { postgresBin, startPostgres } from './server.ts'

/** A database takes 9 MB, and a file of tests may keep some dozens until its end. */
const enoughBytes = 2 ** 31

/** One PostgreSQL for all files that run on it, and the database that every store begins as. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const under = folderInMemory(enoughBytes)
  const server = await startPostgres(postgresBin ?? '', {
    ...(under === undefined ? {} : { under }),
    settings: {
      // Two workers, each with a few stores of up to nine connections at a time.
      max_connections: 200,
      // Nothing here survives the run: no log for a copy of the server, no image of a page that could be torn.
      wal_level: 'minimal',
      max_wal_senders: 0,
      full_page_writes: 'off',
      max_wal_size: '128MB',
      min_wal_size: '32MB',
      // A database lives for a test. There is nothing to tidy up, and the launcher would visit each.
      autovacuum: 'off',
      shared_buffers: '64MB',
    },
  })
  const { url, name } = await server.newDatabase()
  const store = await openPostgresStore({ connectionString: url })
  await store.close()
  project.provide('postgres', { url: server.url, template: name })
  return () => server.stop()
}
