import { configDefaults, defineConfig } from 'vitest/config'
import { postgresBin } from './test/postgres/server.ts'
import { filesOnPostgres } from './test/support/both-databases.ts'
import { folderInMemory } from './test/support/folder-in-memory.ts'
import { LongestFirst } from './test/support/longest-first.ts'
import { shareModules } from './test/support/shared-modules.ts'
import { common } from './test/support/vitest-common.ts'

/** Where the stores of files with the embedded store begin. */
const stores = 'test/support/store-of-the-run.ts'

/**
 * Where files that share modules put theirs: each test has a store of its own and waits for every commit of it. What a disk loses is
 * tested with programs and simulated disks, never by those.
 */
const inMemory = folderInMemory(2 ** 30)
const env = { ...common.test.env, ...(inMemory === undefined ? {} : { TMPDIR: inMemory }) }

/** Files that each have every module to themselves: programs, browsers, networks. */
const apart = {
  ...common.test,
  name: 'SQLite',
  exclude: [...configDefaults.exclude, ...shareModules],
  globalSetup: ['test/support/fresh-bundle.ts', 'test/support/artefacts-of-the-run.ts', stores],
}

/**
 * Files that load every module once for all: half of the processor time of their tests went into loading the server anew. They start no
 * program, so none is built for them.
 */
const together = {
  ...common.test,
  name: 'SQLite, together',
  include: shareModules,
  env,
  isolate: false,
  globalSetup: [stores],
}

/** Once more files that use a store, with one on PostgreSQL. */
const onPostgres = {
  ...common.test,
  env,
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
