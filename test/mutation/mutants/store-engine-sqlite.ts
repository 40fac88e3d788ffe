import type { MutatedFile } from '../mutant.ts'
import { storeTests } from './tests.ts'

export const storeEngineSqlite: readonly MutatedFile[] = [
  {
    file: 'sqlite/open.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'foreign-keys-off',
        breaks: 'Rows that refer to what is gone stay.',
        find: 'pragma foreign_keys = on',
        replace: 'pragma foreign_keys = off',
      },
      {
        name: 'synchronous-normal',
        breaks: 'A power cut takes back what was acknowledged.',
        find: 'pragma synchronous = full; pragma',
        replace: 'pragma synchronous = normal; pragma',
      },
      {
        name: 'readers-write',
        breaks: 'A read can write past the group commit.',
        find: 'pragma query_only = on; ',
        replace: '',
      },
      {
        name: 'no-pin-before-commit',
        breaks: 'A read sees the state before a commit and the one after it.',
        find: 'beforeCommit: readers.pin',
        replace: 'beforeCommit: () => {}',
      },
      {
        name: 'lock-stays-after-failure',
        breaks: 'After an open that failed the folder is in use until the process ends.',
        find: '} catch (error) {\n    unlock()\n',
        replace: '} catch (error) {\n',
        tests: [storeTests.file, storeTests.folderLock, storeTests.open],
      },
      {
        name: 'log-left-behind',
        breaks: 'A closed folder is not one file that can be copied.',
        find: "if (!writer.inTransaction) writer.exec('pragma wal_checkpoint(truncate)')",
        replace: '',
        tests: [storeTests.open, storeTests.file],
      },
    ],
  },
  {
    file: 'sqlite/known-rows.ts',
    tests: ['packages/server/src/store/sqlite/known-rows.test.ts'],
    changes: [
      {
        name: 'known-row-outlives-a-change',
        breaks: 'A work is answered with what an instance was before it was changed.',
        find: 'if (!onlyReads(query)) known.clear()',
        replace: '',
      },
    ],
  },
  {
    file: 'sqlite/group-commit.ts',
    tests: [storeTests.groupCommit, storeTests.open],
    changes: [
      {
        name: 'handle-stays-open',
        breaks: 'A work that has ended writes into the transaction of others.',
        find: 'handle.tx, giveUp)\n    handle.open = false',
        replace: 'handle.tx, giveUp)',
      },
      {
        name: 'given-up-work-goes-on',
        breaks: 'A work that was given up writes into the transaction of others.',
        find: 'handle.open = false\n    handle = newHandle()',
        replace: '',
      },
      {
        name: 'failed-work-stays',
        breaks: 'What a failed work wrote is committed with the others.',
        find: "if (failed && !first) connection.exec('rollback to work')",
        replace: '',
      },
      {
        name: 'failed-first-work-stays',
        breaks: 'What a failed work wrote is committed when it was the first of its group.',
        find: "if (failed && first) connection.exec('rollback; begin immediate')",
        replace: '',
      },
      {
        name: 'answer-before-commit',
        breaks: 'A work is answered as done before it is durable.',
        find: '    member.outcome = outcome\n',
        replace: "    member.outcome = outcome\n    if ('value' in outcome) job.resolve(outcome.value as never)\n",
      },
      {
        name: 'lost-transaction-goes-on',
        breaks: 'Works whose transaction SQLite rolled back are answered as done.',
        find: "if (!connection.inTransaction) throw failed ? outcome.error : new Error('SQLite gave the transaction up.')",
        replace: '',
      },
      {
        name: 'broken-store-goes-on',
        breaks: 'Works are added to a transaction that could not be rolled back.',
        find: 'broken = cause\n',
        replace: '',
      },
      {
        name: 'close-does-not-wait',
        breaks: 'A stop loses what was handed in.',
        find: 'closed = true\n      await running',
        replace: 'closed = true',
      },
      {
        name: 'audit-of-failed-work-lost',
        breaks: 'A refused call leaves no entry in the audit trail.',
        find: 'if (job.audit !== undefined) {',
        replace: "if (job.audit !== undefined && !('error' in outcome)) {",
      },
      {
        name: 'group-without-end',
        breaks: 'Nobody hears of a commit while more and more works come.',
        find: 'group.length >= maxWorks || time.clock() > deadline',
        replace: 'group.length >= maxWorks * 1000',
      },
    ],
  },
  {
    file: 'sqlite/database-file.ts',
    tests: [storeTests.file],
    changes: [
      {
        name: 'orphaned-log-ignored',
        breaks: 'A database that was lost is begun anew beside its log.',
        find: 'if (orphan !== undefined) throw',
        replace: 'if (false) throw',
      },
      {
        name: 'half-page-accepted',
        breaks: 'A database that was cut off in the middle of a page is opened.',
        find: 'sizeOf(file) % (page?.page_size ?? 1) !== 0',
        replace: 'sizeOf(file) < 0',
      },
      {
        name: 'any-database-accepted',
        breaks: 'The database of another program is migrated.',
        find: 'id?.application_id !== applicationId',
        replace: 'id === undefined',
      },
      {
        name: 'not-checked',
        breaks: 'A damaged database is opened.',
        find: "texts.join() !== 'ok'",
        replace: 'texts.length === 0',
      },
      {
        name: 'draft-not-removed',
        breaks: 'What an interrupted first start left is taken for a database.',
        find: "for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync",
        replace: "for (const suffix of ['-journal', '-wal', '-shm']) rmSync",
      },
    ],
  },
  {
    file: 'sqlite/folder-lock.ts',
    tests: [storeTests.folderLock, storeTests.open],
    changes: [
      {
        name: 'shared-lock',
        breaks: 'Two processes open one data folder.',
        find: 'begin exclusive',
        replace: 'begin',
        tests: [storeTests.folderLock, 'packages/server/src/store/sqlite/crash.test.ts'],
      },
      {
        name: 'same-process-twice',
        breaks: 'One process opens a data folder twice.',
        find: 'if (held.has(path)) throw new DataFolderInUse(folder)',
        replace: '',
      },
      {
        name: 'readable-by-all',
        breaks: 'Other users of the machine read the database.',
        find: "openSync(file, 'a', 0o600)",
        replace: "openSync(file, 'a', 0o644)",
      },
    ],
  },
]
