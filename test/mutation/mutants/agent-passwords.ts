import type { MutatedFile } from '../mutant.ts'
import { channelTests } from './tests.ts'

const at = 'packages/agent/src'
const password = [`${at}/admin-password.test.ts`]
const disk = [`${at}/disk-file.power-cut.test.ts`, `${at}/disk-file.test.ts`]
const vault = [`${at}/vault-linux-account.test.ts`]

export const agentPasswords: readonly MutatedFile[] = [
  {
    file: 'admin-password.ts',
    tests: password,
    changes: [
      {
        name: 'compared-with-the-old-hash',
        breaks: 'The old password opens the console although it was replaced while it was being compared.',
        find: 'if (started === memory.epoch) return right',
        replace: 'if (started >= 0) return right',
      },
      {
        name: 'two-first-visitors',
        breaks: 'The second visitor replaces the password of the first.',
        find: "if ((await work({ is: 'report' })).vault !== null) return false",
        replace: '',
        tests: [channelTests.password],
      },
      {
        name: 'orders-of-an-ended-connection',
        breaks: 'An order of a connection that ended is obeyed after the next has settled it.',
        find: 'if (link.isCurrent()) await work(order, link)',
        replace: 'await work(order, link)',
        tests: [`${at}/admin-password-order.test.ts`],
      },
      {
        name: 'status-not-in-turn',
        breaks: 'A report overlooks a change that is being applied.',
        find: "return exclusive(async () => {\n        return statusOf(await work({ is: 'report' }))",
        replace: "return Promise.resolve().then(async () => {\n        return statusOf(await work({ is: 'report' }))",
      },
    ],
  },
  {
    file: 'password-age.ts',
    tests: [`${at}/password-age.test.ts`],
    changes: [
      {
        name: 'taken-back-change-is-dated',
        breaks: 'A change that failed makes a default password look changed.',
        find: 'if (before?.mark === mark) return { ...before, before: current }',
        replace: '',
      },
      {
        name: 'first-sight-is-a-change',
        breaks: 'The password a gateway came with counts as changed.',
        find: 'if (older === undefined || mark === null) return { mark }',
        replace: 'if (older === undefined || mark === null) return { mark, changedAt: wallClock() }',
      },
    ],
  },
  {
    file: 'admin-password-ports.ts',
    tests: password,
    changes: [
      {
        name: 'opened-password-left',
        breaks: 'A gateway keeps the password of its administrator in memory.',
        find: 'password.wipe()',
        replace: '',
        tests: [`${at}/admin-password-ports.test.ts`],
      },
      {
        name: 'read-without-settling',
        breaks: 'A gateway relies on what a power cut takes back.',
        find: 'await settlePasswordRecord(disk)\n',
        replace: '',
        tests: [...password, `${at}/admin-password-ports.test.ts`],
      },
      {
        name: 'vault-not-settled',
        breaks: 'A gateway relies on a hash that a power cut takes back.',
        find: 'await vault.settle()\n',
        replace: '',
        tests: [...password, `${at}/admin-password-ports.test.ts`],
      },
      {
        name: 'known-after-a-failed-write',
        breaks: 'After a write that failed the gateway goes on with what it meant to write.',
        find: 'memory.record = undefined\n      await writePasswordRecord',
        replace: 'await writePasswordRecord',
        tests: [...password, `${at}/admin-password-ports.test.ts`],
      },
      {
        name: 'acknowledged-to-nobody',
        breaks: 'An acknowledgement goes out on a connection that is not the gateway’s any more.',
        find: "if (link?.isCurrent()) link.send({ kind: 'ack'",
        replace: "if (link) link.send({ kind: 'ack'",
        tests: [...password, `${at}/admin-password-ports.test.ts`],
      },
    ],
  },
  {
    file: 'disk-file.ts',
    tests: disk,
    changes: [
      {
        name: 'file-not-synced',
        breaks: 'A power cut takes back a write that was told.',
        find: 'await file.writeFile(content)\n    await file.sync()',
        replace: 'await file.writeFile(content)',
      },
      {
        name: 'folder-not-synced',
        breaks: 'A power cut takes back the rename.',
        find: 'throw error\n  }\n  await syncFolder(folder, files)\n}',
        replace: 'throw error\n  }\n}',
      },
      {
        name: 'not-settled-after-failure',
        breaks: 'What a failed sync left is relied on.',
        find: 'unsure.add(name)\n',
        replace: '',
      },
      {
        name: 'written-by-others',
        breaks: 'Another user of the machine replaces the keys of a gateway.',
        find: '(mode & groupOrOthersWrite) !== 0',
        replace: '(mode & groupOrOthersWrite) === 0o777',
      },
      {
        name: 'readable-by-others',
        breaks: 'Another user of the machine reads the keys of a gateway.',
        find: "files.open(path, 'wx', 0o600)",
        replace: "files.open(path, 'wx', 0o644)",
      },
    ],
  },
  {
    file: 'offline-lock.ts',
    tests: [`${at}/offline-lock.test.ts`],
    changes: [
      {
        name: 'lock-forgotten-by-restart',
        breaks: 'A restart opens the offline lock.',
        find: 'let { locked, threshold, mark }: LockRecord = await readLockRecord(disk)',
        replace: 'let { locked, threshold, mark }: LockRecord = { ...(await readLockRecord(disk)), locked: false }',
      },
      {
        name: 'never-locks-itself',
        breaks: 'A gateway that is cut off for longer than its threshold stays open.',
        find: 'mark === null || isConnected ? 0 : absentMs(mark, clock(), threshold * 1000)',
        replace: 'mark === null || isConnected ? 0 : Math.min(0, absentMs(mark, clock(), threshold * 1000))',
      },
    ],
  },
  {
    file: 'vault-linux-account.ts',
    tests: vault,
    changes: [
      {
        name: 'end-of-chpasswd-is-enough',
        breaks: 'A change counts as made although the account has another hash.',
        find: 'if (now !== entry) throw',
        replace: "if (now === '') throw",
      },
      {
        name: 'locked-account-is-open',
        breaks: 'A visitor sets the first password of an account that somebody locked.',
        find: "new Set(['', '!', '!!', '*'])",
        replace:
          "{ has: (entry: string) => entry === '' || entry.startsWith('!') || entry === '*' } as ReadonlySet<string>",
      },
      {
        name: 'hash-with-a-line-in-it',
        breaks: 'A hash writes a second line into the file of passwords.',
        find: 'noPassword.has(hash) || !(anyHash.test(hash) || closed.test(hash))',
        replace: 'noPassword.has(hash)',
      },
    ],
  },
]
