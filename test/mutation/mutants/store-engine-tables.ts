import type { MutatedFile } from '../mutant.ts'
import { nonceTests, platform, storeTests } from './tests.ts'

export const storeEngineTables: readonly MutatedFile[] = [
  {
    file: 'sqlite/nonce-memory.ts',
    tests: [nonceTests.memory, storeTests.open],
    changes: [
      {
        name: 'nonces-forgotten-by-restart',
        breaks: 'A request can be sent again after a restart.',
        find: 'for (const { hash, expires_at } of loaded) used.addStored(hash, expires_at)',
        replace: '',
      },
      {
        name: 'runs-forgotten-by-restart',
        breaks: 'A request whose nonce was folded can be sent again after a restart.',
        find: 'for (const run of stored.all()) used.addRun(run)',
        replace: '',
      },
      {
        name: 'nonce-not-remembered',
        breaks: 'A request can be sent twice.',
        find: 'if (!used.add(hash, nonce.expiresAt)) {',
        replace: 'if (used.size < 0) {',
      },
      {
        name: 'forgotten-nonces-stay',
        breaks: 'Memory grows with every request for ever.',
        find: 'used.drop(gone)',
        replace: '',
      },
      {
        name: 'forgotten-runs-stay',
        breaks: 'The database grows with every request for ever.',
        find: 'for (const { id } of gone) stored.remove(id)',
        replace: '',
      },
      {
        name: 'runs-forgotten-without-fence',
        breaks: 'A clock that ran ahead and came back lets recorded requests in again.',
        find: 'if (slices.length > 0) await fenceExpired(tx, slices, forgetting)',
        replace: '',
      },
      {
        name: 'folded-before-its-turn',
        breaks: 'Rows are deleted that came between the choice of what is folded and the transaction that does it.',
        find: '    const ids = await commits\n      .write(async () => {\n        // Not before its turn: the rows of the transactions before this one have to be in memory, and they are.\n        const slices = used.fold()',
        replace: '    const slices = used.fold()\n    const ids = await commits\n      .write(async () => {',
      },
      {
        name: 'failed-fold-kept',
        breaks: 'After a fold that failed the next one deletes rows that are in no run.',
        find: 'used.notFolded()',
        replace: 'used.folded([])',
      },
      {
        name: 'all-rows-deleted-while-they-are-read',
        breaks: 'The first start on an old folder forgets all nonces but the first.',
        find: 'if (upTo === undefined) connection.exec',
        replace: 'if (upTo !== -1) connection.exec',
      },
      {
        name: 'replaced-runs-stay',
        breaks: 'Every start reads again what was folded into larger runs.',
        find: 'for (const { replaces } of slices) for (const { id } of replaces) stored.remove(id)',
        replace: '',
      },
      {
        name: 'never-folded',
        breaks: 'A start reads a row of each nonce.',
        find: 'if (used.loose >= foldFrom && !isFolding) foldInBackground()',
        replace: '',
      },
      {
        name: 'nonces-without-bound',
        breaks: 'A key without any right fills memory and disk with its used nonces.',
        find: 'isFull = used.size >= most',
        replace: 'isFull = false',
      },
    ],
  },
  {
    file: '../signature-fence.ts',
    tests: ['packages/server/src/store/access/restore-marks.test.ts'],
    changes: [
      {
        name: 'fence-lets-its-moment-through',
        breaks: 'What was signed at the moment of a restore is accepted after it.',
        find: 'timestamp <= fence',
        replace: 'timestamp < fence',
      },
      {
        name: 'forgotten-times-not-asked',
        breaks: 'A clock that ran ahead and came back lets recorded requests in again.',
        find: ' || isWithin(forgotten, timestamp)',
        replace: '',
      },
      {
        name: 'fence-of-this-node-alone',
        breaks: 'A node accepts what was signed at times another node has fenced.',
        find: 'forgotten = withSpans(forgotten, stored.times)',
        replace: 'forgotten = withSpans(stored.times, [])',
      },
    ],
  },
  {
    file: 'access/nonce-set.ts',
    tests: [nonceTests.set],
    changes: [
      {
        name: 'runs-not-asked',
        breaks: 'A nonce counts again once it is folded.',
        find: 'for (const run of runs) if (run.has(fingerprint)) return false',
        replace: '',
      },
      {
        name: 'what-is-folded-not-asked',
        breaks: 'A nonce counts again while it is folded.',
        find: ' || folding?.loose.table.has(fingerprint)',
        replace: '',
      },
      {
        name: 'joined-runs-left-out',
        breaks: 'A fold forgets the runs that it takes in.',
        find: 'cells.set(run.cells, at)',
        replace: 'cells.set(fresh)',
      },
      {
        name: 'run-without-bound',
        breaks: 'A fold writes all nonces of a slice anew, and holds the server for that long.',
        find: ' || run.size + size > most',
        replace: '',
      },
      {
        name: 'runs-never-joined',
        breaks: 'Each call asks as many runs as there were folds.',
        find: 'if (run.size > worthJoining * size',
        replace: 'if (run.size >= 0 * size',
      },
      {
        name: 'failed-fold-forgets-what-came-meanwhile',
        breaks: 'A nonce that came during a fold that failed counts again.',
        find: 'loose.add(cells.subarray(at, at + lanes), slice)',
        replace: '',
      },
      {
        name: 'slice-forgotten-early',
        breaks: 'Nonces are forgotten while their requests are still accepted.',
        find: 'runs.filter(({ slice }) => slice.to < now)',
        replace: 'runs.filter(({ slice }) => slice.from < now)',
      },
    ],
  },
  {
    file: 'access/fingerprint-table.ts',
    tests: [nonceTests.table],
    changes: [
      {
        name: 'half-a-fingerprint',
        breaks: 'A fresh nonce is taken for a used one.',
        find: ' &&\n    cells[at + 2] === others[from + 2] &&\n    cells[at + 3] === others[from + 3]',
        replace: '',
      },
      {
        name: 'lost-by-growing',
        breaks: 'Of many nonces some count again.',
        find: 'const to = placeOf(old, at)',
        replace: 'const to = ((old[at] as number) & (places - 1)) * width',
      },
    ],
  },
  {
    file: 'access/fingerprint-run.ts',
    tests: [nonceTests.run],
    changes: [
      {
        name: 'last-of-a-bucket-not-asked',
        breaks: 'Of the nonces in a run some count again.',
        find: 'at < end; at += lanes',
        replace: 'at < end - lanes; at += lanes',
      },
      {
        name: 'other-order-believed',
        breaks: 'Nonces of a run that is in another order count again.',
        find: 'inOrder ? cells : putInOrder(cells, starts, bits)',
        replace: 'cells',
      },
      {
        name: 'filter-by-another-lane',
        breaks: 'The filter keeps out nonces that are in the run.',
        find: 'for (let at = 1; at < cells.length; at += lanes)',
        replace: 'for (let at = 2; at < cells.length; at += lanes)',
      },
    ],
  },
  {
    file: 'access/time-spans.ts',
    tests: ['packages/server/src/store/access/time-spans.test.ts'],
    changes: [
      {
        name: 'end-of-a-longer-span-lost',
        breaks: 'A time that was fenced is accepted again.',
        find: 'Math.max(last.to, span.to)',
        replace: 'span.to',
      },
      {
        name: 'oldest-span-dropped',
        breaks: 'Of many times the oldest is accepted again.',
        find: '{ from: first.from, to: second.to }, ...rest',
        replace: 'second, ...rest',
      },
    ],
  },
  {
    file: 'access/nonces.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'nonce-of-any-key',
        breaks: 'One key uses up the nonces of another.',
        find: '`${accessKeyId}\\0${nonce}`',
        replace: 'nonce + (accessKeyId ? "" : "")',
      },
      {
        name: 'nonces-run-together',
        breaks: 'Key and nonce can be cut at another place to the same hash.',
        find: '`${accessKeyId}\\0${nonce}`',
        replace: '`${accessKeyId}${nonce}`',
      },
      {
        name: 'forgotten-times-not-fenced',
        breaks: 'A clock that ran ahead and came back lets recorded requests in again.',
        find: 'forgetting(await addForgottenTimes(tx, slices.map(signedIn)))',
        replace: 'forgetting([])',
      },
      {
        name: 'fenced-when-they-expire',
        breaks: 'Other times are fenced than those whose nonces are forgotten.',
        find: '{ from: from - nonceLifeMs, to: to - nonceLifeMs }',
        replace: '{ from, to }',
      },
      {
        name: 'fresh-nonces-forgotten',
        breaks: 'Nonces are forgotten while their requests are still accepted.',
        find: ".where('oldest.expires_at', '<', now)",
        replace: ".where('oldest.expires_at', '>=', now)",
      },
    ],
  },
  {
    file: 'sqlite/readers.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'second-statement-unpinned',
        breaks: 'The second statement of a read may see another state than the first.',
        find: "else if (slot.state === 'read once') begin(slot)",
        replace: '',
      },
      {
        name: 'reader-left-in-transaction',
        breaks: 'A read sees the state an earlier read began in.',
        find: "if (slot.connection.inTransaction) slot.connection.exec('rollback')",
        replace: '',
      },
    ],
  },
  {
    file: '../backup/turns.ts',
    tests: ['packages/server/src/backup/turns.test.ts'],
    changes: [
      {
        name: 'each-node-makes-a-backup',
        breaks: 'Every node of a database makes every backup, all at once.',
        find: 'if (claim !== undefined && claim.node !== nodeId && (await isRunning(tx, claim))) return whileMadeMs',
        replace: '',
      },
      {
        name: 'restarted-node-keeps-its-turn',
        breaks:
          'A node that was killed in a backup and started again without a schedule keeps all others from making one for ever.',
        find: 'return (await startOf(db, node)) === startedAt',
        replace: 'return (await startOf(db, node)) !== undefined || startedAt < 0',
      },
      {
        name: 'late-node-ends-the-turn-of-another',
        breaks:
          'A node that stood still frees the turn of the one that took it over: a third one makes the same backup.',
        find: 'if (state.claim?.node !== nodeId) return',
        replace: '',
      },
    ],
  },
  {
    file: '../backup/verify-backup.ts',
    tests: ['packages/server/src/backup/verify-backup.test.ts'],
    changes: [
      {
        name: 'unreadable-secrets-verify',
        breaks: 'A backup verifies whose secrets its key does not open.',
        find: 'if (unreadable.length === 0) return opened',
        replace: 'if (unreadable.length >= 0) return opened',
      },
    ],
  },
  {
    file: '../backup/embedded.ts',
    tests: ['packages/server/src/backup/make-backup.test.ts'],
    changes: [
      {
        name: 'stale-database-backed-up',
        breaks: 'A backup holds what was left in a folder when its server moved to PostgreSQL.',
        find: 'if (!(await isShared(data))) return',
        replace: 'return isShared(data).then(() => {})',
      },
    ],
  },
  {
    file: '../backup/mark-restored.ts',
    tests: ['packages/server/src/backup/mark-restored.test.ts'],
    changes: [
      {
        name: 'nodes-of-then-kept',
        breaks: 'A restored server says that other nodes run, and rotates no master key.',
        find: 'if (confirmed === undefined) await forgetEveryNode(tx)',
        replace: '',
      },
    ],
  },
  {
    file: '../backup/schedule.ts',
    tests: ['packages/server/src/backup/schedule.test.ts'],
    changes: [
      {
        name: 'backups-without-bound',
        breaks: 'Backups fill the disk.',
        find: '.slice(0, -schedule.keep)',
        replace: '.slice(0, 0)',
      },
      {
        name: 'backup-at-every-start',
        breaks: 'A server that is restarted often keeps only the last hour.',
        find: 'if (waits > 0) return waits',
        replace: '',
      },
    ],
  },
  {
    file: 'migrations/index.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'unreleased-folder-taken-for-an-older-one',
        breaks: 'A folder of an unreleased build is said to be corrupted, or upgraded half.',
        find: 'if (differs !== -1 && differs < found.length) {',
        replace: 'if (differs > found.length) {',
      },
    ],
  },
  {
    file: 'migrations/005-audit.ts',
    tests: ['packages/server/src/store/migrations/released.test.ts'],
    changes: [
      {
        name: 'released-step-edited',
        breaks: 'A database that ran the step lacks the column for ever.',
        find: ".addColumn('outcome', 'text')",
        replace: ".addColumn('outcome', 'text').addColumn('late', 'text')",
      },
    ],
  },
  {
    file: 'migrations/002-networks.ts',
    tests: ['packages/server/src/store/constraints.test.ts', storeTests.open],
    changes: [
      {
        name: 'vbr-with-two-instances',
        breaks: 'One instance backs up two leased lines.',
        find: ".addColumn('instance_id', 'text', (c) => c.unique())",
        replace: ".addColumn('instance_id', 'text')",
      },
      {
        name: 'fixed-address-twice',
        breaks: 'Two remote users have one fixed address.',
        find: ".addUniqueConstraint('client_user_of_address', ['instance_id', 'client_ip'])",
        replace: '',
      },
      {
        name: 'session-token-twice',
        breaks: 'One token opens two sessions.',
        find: ".addColumn('token_hash', 'text', (c) => c.notNull().unique())",
        replace: ".addColumn('token_hash', 'text', (c) => c.notNull())",
      },
      {
        name: 'two-sessions-of-a-user',
        breaks: 'One remote user is online twice.',
        find: ".addUniqueConstraint('client_session_of_user', ['instance_id', 'user_name'])",
        replace: '',
      },
      {
        name: 'session-address-twice',
        breaks: 'Two sessions have one address.',
        find: ".addUniqueConstraint('client_session_of_address', ['instance_id', 'address'])",
        replace: '',
      },
    ],
  },
  {
    file: 'migrations/003-ram.ts',
    tests: ['packages/server/src/store/constraints.test.ts', storeTests.open],
    changes: [
      {
        name: 'names-twice',
        breaks: 'Two users of an account have one name.',
        find: ".addUniqueConstraint(`${name}_name`, ['account_id', 'name'])",
        replace: '',
      },
      {
        name: 'alias-twice',
        breaks: 'Two accounts have one alias, and people log on to the wrong one.',
        find: ".column('alias').unique().execute()",
        replace: ".column('alias').execute()",
      },
    ],
  },
  {
    file: 'access/access-keys.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'key-of-any-owner',
        breaks: 'A user deletes the access key of another.',
        find: ' || (row.user_id ?? undefined) !== userId) return',
        replace: ' || (row.user_id === null && userId !== undefined)) return',
        tests: [platform('ram/access-keys/delete-access-key'), platform('ram/access-keys/update-access-key')],
      },
      {
        name: 'account-lists-all-keys',
        breaks: 'The list of the account’s own keys has those of its users.',
        find: ".where('account_id', '=', accountId).where('user_id', 'is', null)",
        replace: ".where('account_id', '=', accountId)",
        tests: [platform('ram/access-keys/list-access-keys')],
      },
      {
        name: 'disabled-key-same-epoch',
        breaks: 'What was decided for a key is still in force after it was disabled.',
        find: ".set({ status }).where('id', '=', id).execute()\n    await raiseAccessEpoch(this.#db, accountId)",
        replace: ".set({ status }).where('id', '=', id).execute()\n    void accountId",
      },
      {
        name: 'last-use-goes-back',
        breaks: 'The last use of a key becomes an earlier one.',
        find: ".where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', at)]))",
        replace: '',
        tests: ['packages/server/src/access/key-uses.test.ts', platform('ram/access-keys/get-access-key-last-used')],
      },
    ],
  },
  {
    file: 'access/attachments.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'attach-same-epoch',
        breaks: 'A policy that was attached is not in force for those who were asked about before.',
        find: '.execute()\n    await raiseAccessEpoch(this.#db, accountId)\n  }\n\n  async detach',
        replace: '.execute()\n  }\n\n  async detach',
      },
      {
        name: 'detach-from-all',
        breaks: 'Detaching a policy from one user detaches it from all.',
        find: ".where('target_id', '=', target.id)\n      .where('target_kind', '=', target.kind)\n      .where('policy_type', '=', policy.type)",
        replace: ".where('policy_type', '=', policy.type)",
        tests: [
          platform('ram/policies/detach-policy-from-user'),
          platform('ram/policies/delete-policy'),
          storeTests.open,
        ],
      },
      {
        name: 'policies-of-all-accounts',
        breaks: 'A policy of another account with the same name is shown as attached.',
        find: ".where('ram_attachment.account_id', '=', accountId)",
        replace: '',
        tests: [platform('ram/policies/list-entities-for-policy')],
      },
    ],
  },
  {
    file: 'access/principal-policies.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'policy-of-another-account',
        breaks: 'The document of another account’s policy of that name binds a user.',
        find: ".onRef('ram_policy.account_id', '=', 'ram_attachment.account_id')\n        .onRef(",
        replace: '.onRef(',
      },
      {
        name: 'every-version-applies',
        breaks: 'Versions of a policy that are not in force apply.',
        find: ".on('ram_policy_version.is_default', '=', 1)",
        replace: '',
      },
      {
        name: 'groups-do-not-count',
        breaks: 'A denial that a group carries does not bind its members.',
        find: "eb('ram_attachment.target_kind', '=', 'group'),",
        replace: "eb('ram_attachment.target_kind', '=', 'role'),",
      },
    ],
  },
  {
    file: 'access/login-profiles.ts',
    tests: [storeTests.open],
    changes: [
      {
        name: 'password-same-epoch',
        breaks: 'A changed password does not raise the epoch of its account.',
        find: ".set(set).where('user_id', '=', id).execute()\n    await raiseAccessEpoch(this.#db, accountId)",
        replace: ".set(set).where('user_id', '=', id).execute()\n    void accountId",
      },
      {
        name: 'must-change-forgotten',
        breaks: 'A user who must change the password does not have to.',
        find: 'passwordResetRequired: row.password_reset_required !== 0',
        replace: 'passwordResetRequired: row.password_reset_required > 1',
        tests: [platform('ram/login-profiles/get-login-profile'), 'packages/server/src/console-logon/logon.test.ts'],
      },
    ],
  },
]
