import type { MutatedFile } from '../mutant.ts'

const [faults, store] = ['test/postgres/faults.test.ts', 'test/postgres/store.test.ts']

/** The store on PostgreSQL; they are caught where PostgreSQL is installed. */
export const storeEnginePostgres: readonly MutatedFile[] = [
  {
    file: 'postgres/commit-mark.ts',
    tests: [faults],
    changes: [
      {
        name: 'lost-decision-counts',
        breaks: 'A commit that was not made is taken for one when the answer to its decision is lost as well.',
        find: 'const passed = made ? number : number + 1',
        replace: 'const passed = made ? number : ++number',
      },
      {
        name: 'lost-commit-is-made',
        breaks: 'A change whose commit never reached the database is acknowledged.',
        find: 'const made = rows[0]?.number === number',
        replace: 'const made = true',
      },
      {
        name: 'lost-commit-is-not-made',
        breaks: 'A change whose answer was lost is made twice.',
        find: 'const made = rows[0]?.number === number',
        replace: 'const made = false',
      },
      {
        name: 'warned-commit-counts',
        breaks: 'A change that is on no standby is acknowledged.',
        find: 'if (link.warnings() === warnings) return answer',
        replace: 'if (link.warnings() >= warnings) return answer',
      },
    ],
  },
  {
    file: 'postgres/group.ts',
    tests: [store],
    changes: [
      {
        name: 'failed-statement-ignored',
        breaks: 'A work that PostgreSQL has undone is acknowledged.',
        find: "outcome: 'error' in outcome || failed === undefined ? outcome : failed,",
        replace: 'outcome,',
      },
      {
        name: 'failed-postgres-work-stays',
        breaks: 'What a work wrote before it failed is committed with the others.',
        find: "await link.query('rollback to savepoint work')",
        replace: '',
      },
      {
        name: 'late-work-is-done',
        breaks: 'A work is done whose caller was told that it is not.',
        find: 'if (late !== undefined) throw',
        replace: 'if (late === undefined && members.length > 999) throw',
        tests: ['packages/server/src/store/postgres/group.test.ts'],
      },
    ],
  },
  {
    file: 'postgres/lane.ts',
    tests: [store, faults],
    changes: [
      {
        name: 'lane-without-lock',
        breaks: 'Two nodes change what both have read.',
        find: 'select pg_advisory_xact_lock(',
        replace: 'select (',
      },
    ],
  },
  {
    file: 'postgres/nonces.ts',
    tests: [store],
    changes: [
      {
        name: 'one-nonce-twice-in-a-batch',
        breaks: 'Of two uses of a nonce at the same time both are fresh.',
        find: 'fresh.delete(hash)',
        replace: 'fresh.has(hash)',
      },
    ],
  },
]
