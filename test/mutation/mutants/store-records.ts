import type { MutatedFile } from '../mutant.ts'
import { operation, remoteTests, storeTests } from './tests.ts'

const sealTests = ['packages/server/src/store/sqlite/open.test.ts']

export const storeRecords: readonly MutatedFile[] = [
  {
    file: 'audit/chain.ts',
    tests: ['packages/server/src/store/audit/chain.test.ts'],
    changes: [
      {
        name: 'hash-of-one-entry-alone',
        breaks: 'Entries can be put in another order, or left out, without a trace.',
        find: "createHash('sha256').update(hash).update(text)",
        replace: "createHash('sha256').update(text)",
      },
      {
        name: 'empty-columns-in-the-hash',
        breaks: 'A version that adds a column makes every older entry look changed.',
        find: 'if (row[column] !== null) kept[column] = row[column]',
        replace: 'kept[column] = row[column]',
      },
      {
        name: 'one-signature-for-everything',
        breaks: 'A seal passes as the beginning of a trail.',
        find: 'opensag audit ${kind} 1',
        replace: 'opensag audit ${kind === kind} 1',
      },
    ],
  },
  {
    file: 'audit/verify.ts',
    tests: sealTests,
    changes: [
      {
        name: 'added-entries-not-seen',
        breaks: 'An entry is smuggled in where everything was sealed.',
        find: 'if (row.id <= lastId) throw',
        replace: 'if (row.id < 0) throw',
      },
      {
        name: 'beginning-not-signed',
        breaks: 'Whoever deletes the oldest entries passes as the server.',
        find: 'waiting > 0 || !isGenuineAnchor(anchor, publicKey)',
        replace: 'waiting > 0',
      },
      {
        name: 'missing-end-not-seen',
        breaks: 'The newest entries are taken away without a trace.',
        find: 'if (kept && kept.number > (at?.number ?? 0))',
        replace: 'if (kept && kept.number < 0)',
      },
    ],
  },
  {
    file: 'audit/partitions.ts',
    tests: ['packages/server/src/store/audit/partitions.test.ts'],
    changes: [
      {
        name: 'unsealed-entries-dropped',
        breaks: 'Where there is too much, a partition goes with all there is, entries without a seal included.',
        find: 'overdue.bySize > 0 && isUsual',
        replace: 'overdue.bySize > 0',
      },
      {
        name: 'partition-before-its-time',
        breaks: 'Entries are dropped before they are as old as they have to be.',
        find: 'last.number <= overdue.byAge',
        replace: 'overdue.byAge > 0',
      },
    ],
  },
  {
    file: 'audit/seals.ts',
    tests: sealTests,
    changes: [
      {
        name: 'forged-head-believed',
        breaks: 'Who writes a head into the database makes a gap in the numbers of the seals for ever.',
        find: 'return isGenuineHead(head, sealKey.key.publicKey) ? head.number : highest',
        replace: 'return head.number',
      },
      {
        name: 'missing-seals-made-anew',
        breaks: 'The server signs for what somebody made of its trail.',
        find: 'Math.max(before?.number ?? 0, knownNumber(sealing, head)) + 1',
        replace: '(before?.number ?? 0) + 1',
      },
      {
        name: 'seal-of-a-node-that-stood-still',
        breaks: 'A node that stood still seals what another one has sealed and deleted: the trail is broken for ever.',
        find: 'if ((await endOf(tx))?.signature !== before?.signature) return false',
        replace: '',
      },
      {
        name: 'beginning-set-back',
        breaks: 'Two nodes that delete old entries leave a trail whose beginning is missing.',
        find: 'if (oldest?.signature !== seal.signature) return',
        replace: '',
      },
    ],
  },
  {
    file: 'access/guesses.ts',
    tests: ['packages/server/src/store/access/guesses.test.ts'],
    changes: [
      {
        name: 'waiting-guessers-counted',
        breaks: 'Whoever asks while waiting is looked at all the same.',
        find: 'if (waits.some((wait) => wait > 0)) return waits',
        replace: '',
      },
      {
        name: 'guessers-pile-up',
        breaks: 'Ever new names fill the disk.',
        find: 'beyond?.last_at ?? Number.NEGATIVE_INFINITY',
        replace: 'Number.NEGATIVE_INFINITY',
      },
    ],
  },
  {
    file: 'audit/retention.ts',
    tests: sealTests,
    changes: [
      {
        name: 'future-entries-stop-the-sweep',
        breaks: 'A clock that ran ahead once makes the trail grow until that time has come.',
        find: 'if (!isTooMuch && !isOld && !isFuture) return found',
        replace: 'if (!isTooMuch && !isOld) return found',
      },
      {
        name: 'audit-swept-too-early',
        breaks: 'Events are deleted that are to be kept.',
        find: 'const isOld = seal.newest_at < limits.before',
        replace: 'const isOld = seal.newest_at < limits.now',
      },
      {
        name: 'no-bound-by-size',
        breaks: 'The trail fills the disk.',
        find: 'if (isTooMuch) found.bySize = seal.number',
        replace: '',
      },
      {
        name: 'last-seal-deleted',
        breaks: 'Numbers of entries are given out twice.',
        find: 'if (seal.number >= last.number) return found',
        replace: '',
      },
    ],
  },
  {
    file: 'gateways/held-passwords.ts',
    tests: ['test/channel/restored.test.ts'],
    changes: [
      {
        name: 'adopted-without-keeping-aside',
        breaks: 'What a restored server knew of a gateway cannot be ordered back.',
        find: 'before === undefined ? null : JSON.stringify(before)',
        replace: 'before === undefined ? JSON.stringify(before) : null',
      },
    ],
  },
  {
    file: 'gateways/password-changes.ts',
    tests: [storeTests.changes],
    changes: [
      {
        name: 'decide-again',
        breaks: 'A change that was answered as failed becomes one that succeeded.',
        find: ".where('id', '=', given.id)\n    .where('outcome', '=', 'requested')",
        replace: ".where('id', '=', given.id)",
      },
      {
        name: 'fail-changes-of-all',
        breaks: 'A gateway that connects fails the changes of every other gateway.',
        find: ".set({ outcome: 'failed', decided_at: given.at })\n    .where('serial', '=', given.serial)",
        replace: ".set({ outcome: 'failed', decided_at: given.at })",
      },
      {
        name: 'fail-decided-changes',
        breaks: 'A gateway that connects fails changes that succeeded.',
        find: ".where('serial', '=', given.serial)\n    .where('outcome', '=', 'requested')",
        replace: ".where('serial', '=', given.serial)",
      },
      {
        name: 'fail-changes-of-other-nodes',
        breaks: 'A sweep fails the changes another node is carrying out.',
        find: ".where((where) => where.or([where('device.node', 'is', null), where('device.node', '=', node)]))",
        replace: '',
      },
      {
        name: 'fail-attended-changes',
        breaks: 'A sweep fails a change whose call is still waiting.',
        find: '.filter(({ id }) => !now.has(id))',
        replace: '.filter(() => now.size >= 0)',
      },
    ],
  },
  {
    file: 'gateways/configurations.ts',
    tests: [storeTests.configs],
    changes: [
      {
        name: 'same-revision',
        breaks: 'Two configurations have one revision, and a gateway keeps the old one.',
        find: '(stored?.revision ?? 0) + 1',
        replace: '(stored?.revision ?? 1)',
      },
      {
        name: 'tell-without-difference',
        breaks: 'Every call uses up a revision, changed or not.',
        find: "if (config === known && write !== 'anew') return 'none'",
        replace: '',
      },
      {
        name: 'pops-hear-of-no-change',
        breaks: 'A block that was taken from a branch stays reachable until points of presence look by themselves.',
        find: "if (difference === 'network') for",
        replace: "if (difference === 'none') for",
        tests: [storeTests.pops],
      },
      {
        name: 'config-status-of-any-instance',
        breaks: 'What a gateway applied for the instance it left counts for the one it is bound to.',
        find: ' && mark.instanceId === (row.instance_id ?? row.serial)',
        replace: '',
      },
      {
        name: 'reverted-event-each-time',
        breaks: 'Every report writes the event of one revision that was given up.',
        find: ' && row?.reverted_revision !== own.revision',
        replace: '',
      },
      {
        name: 'snat-order',
        breaks: 'SNAT entries reach gateways in an order of chance.',
        find: ".where('instance_id', '=', instanceId)\n    .orderBy('created_at')\n    .orderBy('id')",
        replace: ".where('instance_id', '=', instanceId)\n    .orderBy('id', 'desc')",
      },
    ],
  },
  {
    file: 'remote-users/remote-users.ts',
    tests: [storeTests.users, operation('client-users/delete-smart-access-gateway-client-user')],
    changes: [
      {
        name: 'password-of-namesake',
        breaks: 'A reset changes the password of every account of that name, whatever instance it belongs to.',
        find: ".set({ password_hash: hash, password_changed_at: at })\n      .where('instance_id', '=', instanceId)",
        replace: '.set({ password_hash: hash, password_changed_at: at })',
        tests: [operation('client-users/reset-smart-access-gateway-client-user-password'), storeTests.users],
      },
      {
        name: 'delete-keeps-session',
        breaks: 'A remote user whose account was deleted stays online.',
        find: "if (numDeletedRows > 0n) await this.endSessionsOf(instanceId, name, 'UserDeleted', at)",
        replace: 'void [numDeletedRows, at]',
      },
      {
        name: 'undo-deletes-reset-password',
        breaks: 'Taking back a failed creation deletes an account whose password was set since.',
        find: "account = account.where('password_hash', '=', withHash)",
        replace: 'account = account.where((is) => is.lit(true))',
        tests: [operation('client-users/create-smart-access-gateway-client-user'), storeTests.users],
      },
      {
        name: 'page-from-one',
        breaks: 'A listing leaves out an account at the end of a page.',
        find: 'const after = total - before - size',
        replace: 'const after = Math.max(0, total - before - size - 1)',
      },
    ],
  },
  {
    file: 'remote-users/client-sessions.ts',
    tests: [remoteTests.logon],
    changes: [
      {
        name: 'end-without-record',
        breaks: 'A log-off is not in the connection audit.',
        find: "await recordConnection(tx, { ...session, event: 'logoff', at, detail: why })",
        replace: 'void [at, why]',
      },
      {
        name: 'record-without-audit',
        breaks: 'Connections are recorded although the owner turned the audit off.',
        find: ".where('connection_audit', '=', 1)",
        replace: '',
      },
      {
        name: 'silent-sessions-of-all',
        breaks: 'Silent sessions of one instance end those of all.',
        find: "if (instanceId !== undefined) silent = silent.where('instance_id', '=', instanceId)",
        replace: 'void instanceId',
        tests: ['packages/server/src/store/remote-users/client-sessions.test.ts'],
      },
      {
        name: 'silent-too-soon',
        breaks: 'Sessions that gave a sign of life end as silent.',
        find: ".where('last_seen_at', '<=', seenAt)",
        replace: ".where('last_seen_at', '>=', seenAt)",
        tests: ['packages/server/src/store/remote-users/client-sessions.test.ts'],
      },
    ],
  },
]
