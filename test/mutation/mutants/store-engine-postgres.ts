import type { MutatedFile } from '../mutant.ts'

const marks = 'packages/server/src/store/postgres/commit-mark.test.ts'
const [faults, store] = ['test/postgres/faults.test.ts', 'test/postgres/store.test.ts']
const [inOrder, merged] = ['test/postgres/in-order.test.ts', 'test/postgres/merged.test.ts']

/** The store on PostgreSQL; they are caught where PostgreSQL is installed. */
export const storeEnginePostgres: readonly MutatedFile[] = [
  {
    file: 'postgres/commit-mark.ts',
    tests: [marks],
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
        tests: [faults],
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
        name: 'refused-update-fails-another',
        breaks: 'Works fail because the database refuses what another has written.',
        find: 'if (refused !== undefined) throw',
        replace: 'if (refused === null) throw',
        tests: [inOrder],
      },
      {
        name: 'undone-change-stays-in-cache',
        breaks: 'A work reads what another one of its group had changed before it failed.',
        find: '    reusedOn(link).cache.clear()\n    await link.query(',
        replace: '    await link.query(',
        tests: [inOrder],
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
      {
        name: 'merged-without-lock',
        breaks: 'A work in order reads rows, and others change them before it ends.',
        find: 'select pg_advisory_xact_lock_shared(',
        replace: 'select (',
        tests: [merged],
      },
      {
        name: 'refused-merged-group-fails',
        breaks: 'Works fail because the database refuses what another has written.',
        find: "kind === 'merged' ? part(members, error) : fail(members, error)",
        replace: 'fail(members, error)',
        tests: [merged],
      },
    ],
  },
  {
    file: 'known-rows.ts',
    tests: ['packages/server/src/store/postgres/held-cache.test.ts'],
    changes: [
      {
        name: 'read-before-a-change-is-kept',
        breaks: 'A work is answered with what an instance was before a change it has made.',
        find: 'asOf === changes',
        replace: 'asOf <= changes',
      },
    ],
  },
  {
    file: 'postgres/side-by-side.ts',
    tests: ['packages/server/src/store/postgres/side-by-side.test.ts'],
    changes: [
      {
        name: 'works-of-one-gateway-meet',
        breaks: 'Two connections of one gateway are admitted from the same state.',
        find: ' || gateways.has(gateway)',
        replace: '',
      },
    ],
  },
  {
    file: 'postgres/unit.ts',
    tests: [merged],
    changes: [
      {
        name: 'touches-another-gateway',
        breaks: 'A work changes a gateway that another one of its moment has read.',
        find: '!query.parameters.includes(gateway)',
        replace: 'gateway === ""',
        tests: ['packages/server/src/store/postgres/side-by-side.test.ts'],
      },
      {
        name: 'unseen-change-leaves-cache',
        breaks: 'A work in order decides on what an instance was before another work of its group.',
        find: '} else if (!reads) cache?.clear()',
        replace: '}',
      },
    ],
  },
  {
    file: 'postgres/held-rows.ts',
    tests: [merged],
    changes: [
      {
        name: 'held-rows-not-locked',
        breaks: 'Two nodes change a row that both have read.',
        find: '  .forNoKeyUpdate()\n',
        replace: '',
      },
      {
        name: 'rows-locked-in-any-order',
        breaks: 'Two nodes wait for rows that the other holds.',
        find: "  .orderBy('id')\n",
        replace: '',
        tests: ['packages/server/src/store/postgres/held-rows.test.ts'],
      },
      {
        name: 'undone-first-to-last',
        breaks: 'Of what a failing work has changed twice, the first change stays.',
        find: 'of before.splice(0).reverse()) row',
        replace: 'of before.splice(0)) row',
        tests: ['packages/server/src/store/postgres/held-rows.test.ts'],
      },
    ],
  },
  {
    file: 'compiled-query.ts',
    tests: [merged],
    changes: [
      {
        name: 'any-row-is-the-held-one',
        breaks: 'A work that asks for another instance is answered from the one it keeps to.',
        find: 'query.given[query.onHeldRow.id] === instance',
        replace: 'query.given[query.onHeldRow.id] !== undefined',
      },
    ],
  },
  {
    file: 'postgres/merged-group.ts',
    tests: [merged],
    changes: [
      {
        name: 'failed-merged-work-stays',
        breaks: 'What a work changed before it failed is committed with the others.',
        find: 'else rows.undo()',
        replace: 'else rows.keep()',
      },
      {
        name: 'stray-work-counts',
        breaks: 'A work that ignores that it touched too much is acknowledged without that.',
        find: 'if (stray === undefined) return outcome',
        replace: 'if (outcome !== undefined) return outcome',
      },
    ],
  },
  {
    file: 'postgres/open.ts',
    tests: ['test/postgres/former-primary.test.ts'],
    changes: [
      {
        name: 'former-primary-is-read',
        breaks: 'What was changed since is missing in what is read of a server that another one has taken over from.',
        find: 'timeline < proven',
        replace: 'timeline < 0',
      },
      {
        name: 'proof-never-taken-back',
        breaks: 'After the database is restored as one of an earlier timeline nothing is read any more.',
        find: 'proven = timeline',
        replace: 'proven = Math.max(proven, timeline)',
      },
    ],
  },
  {
    file: 'postgres/session.ts',
    tests: ['test/postgres/former-primary.test.ts'],
    changes: [
      {
        name: 'open-connection-stays-past',
        breaks: 'A connection that was open before goes on reading a former primary.',
        find: 'if (current !== undefined && isPast(current)) giveUp(current)',
        replace: '',
      },
    ],
  },
  {
    file: 'postgres/trail-partitions.ts',
    tests: ['test/postgres/trail-partitions.test.ts'],
    changes: [
      {
        name: 'entries-without-a-partition-stay',
        breaks: 'What came to the last partition is never dropped, and each new partition reads all of it.',
        find: 'added.push(bounds(from, to))',
        replace: '',
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
