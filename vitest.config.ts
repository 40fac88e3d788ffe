import { configDefaults, defineConfig } from 'vitest/config'
import { postgresBin } from './test/postgres/server.ts'
import { filesOnPostgres } from './test/support/both-databases.ts'
import { LongestFirst } from './test/support/longest-first.ts'
import { shareModules } from './test/support/shared-modules.ts'
import { common } from './test/support/vitest-common.ts'

/** With the embedded store where a file uses one. */
const onSqlite = {
  ...common.test,
  name: 'SQLite',
  globalSetup: [
    'test/support/fresh-bundle.ts',
    'test/support/artefacts-of-the-run.ts',
    'test/support/store-of-the-run.ts',
  ],
}

/** Files that each have every module to themselves: programs, browsers, networks. */
const apart = { ...onSqlite, exclude: [...configDefaults.exclude, ...shareModules] }

/** Files that load every module once for all: half of the processor time of their tests went into loading the server anew. */
const together = {
  ...onSqlite,
  name: 'SQLite, together',
  include: shareModules,
  isolate: false,
}

/** Once more files that use a store, with one on PostgreSQL. */
const onPostgres = {
  ...common.test,
  isolate: false,
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
    projects: [apart, together, postgresBin === undefined ? withoutPostgres : onPostgres].map((test) => ({
      ...common,
      test,
    })),
  },
})
