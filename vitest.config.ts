import { defineConfig } from 'vitest/config'
import { postgresBin } from './test/postgres/server.ts'
import { filesOnPostgres } from './test/support/both-databases.ts'
import { LongestFirst } from './test/support/longest-first.ts'
import { common } from './test/support/vitest-common.ts'

/** Every file, with the embedded store where it uses one. */
const onSqlite = {
  ...common.test,
  name: 'SQLite',
  globalSetup: [
    'test/support/fresh-bundle.ts',
    'test/support/artefacts-of-the-run.ts',
    'test/support/store-of-the-run.ts',
  ],
}

/** Once more files that use a store, with one on PostgreSQL. */
const onPostgres = {
  ...common.test,
  name: 'PostgreSQL',
  include: [...filesOnPostgres()],
  globalSetup: ['test/postgres/server-of-the-run.ts'],
  setupFiles: [...common.test.setupFiles, 'test/postgres/databases-of-a-file.ts'],
}

const withoutPostgres = { ...common.test, name: 'PostgreSQL', include: ['test/postgres/not-here.suite.ts'] }

export default defineConfig({
  ...common,
  test: {
    maxWorkers: common.test.maxWorkers,
    sequence: { sequencer: LongestFirst },
    projects: [onSqlite, postgresBin === undefined ? withoutPostgres : onPostgres].map((test) => ({ ...common, test })),
  },
})
