import type { MutatedFile } from '../mutant.ts'
import { accessTests, platform } from './tests.ts'

const at = 'packages/server/src/access'

export const ramKeys: readonly MutatedFile[] = [
  {
    file: '../recently-used.ts',
    tests: ['packages/server/src/recently-used.test.ts'],
    changes: [
      {
        name: 'memory-without-bound',
        breaks: 'Memory grows with every key, principal and instance that was ever asked about.',
        find: 'if (values.size >= most && !oldest.done) values.delete(oldest.value)',
        replace: 'void [oldest, most]',
      },
      {
        name: 'oldest-instead-of-unused',
        breaks: 'What is used all the time is let go.',
        find: 'values.delete(key)\n      values.set(key, value)\n      return value',
        replace: 'return value',
      },
    ],
  },
  {
    file: '../store/resource-owners.ts',
    tests: ['packages/server/src/store/resource-owners.test.ts'],
    changes: [
      {
        name: 'owner-for-ever',
        breaks: 'What was removed is asked about as its owner’s until the server is restarted.',
        find: '|| known.until <= now',
        replace: '',
      },
      {
        name: 'owner-of-the-remembered-only',
        breaks: 'Of two resources only the one that is remembered has an owner.',
        find: 'if (known === undefined || known.until <= now) return undefined',
        replace: 'if (known === undefined || known.until <= now) continue',
      },
    ],
  },
  {
    file: 'authorise.ts',
    tests: [accessTests.authorise],
    changes: [
      {
        name: 'session-policy-instead',
        breaks: 'The policy of a session gives what its role does not have.',
        find: "[compiled, 'AccountLevelIdentityBasedPolicy'],\n  ] as const",
        replace: "[session === undefined ? compiled : undefined, 'AccountLevelIdentityBasedPolicy'],\n  ] as const",
      },
      {
        name: 'session-policy-ignored',
        breaks: 'A session may do what its own policy denies.',
        find: "[session, 'SessionPolicy'],",
        replace: "[undefined, 'SessionPolicy'],",
      },
      {
        name: 'dependent-actions-ignored',
        breaks: 'An operation that needs several rights runs with the first.',
        find: 'for (const action of access.dependent) {',
        replace: 'for (const action of [] as string[]) {',
        tests: [accessTests.authorise, accessTests.matrix, platform('ram/policies/create-policy')],
      },
      {
        name: 'tags-of-any-parameter',
        breaks: 'A parameter an operation does not have fulfils a condition about tags.',
        find: 'if (!readsTags(operation)) return noTags',
        replace: 'if (raw.size === 0) return noTags',
      },
      {
        name: 'tags-in-json-unseen',
        breaks: 'A condition about tags does not see those that a client sends as JSON.',
        find: "(spreadJson(raw, 'Tag') ?? noTags)",
        replace: 'raw',
      },
      {
        name: 'condition-of-product-unseen',
        breaks: 'A condition about the service of a role does not see which service the request names.',
        find: 'if (value !== undefined) asked.set(key.toLowerCase(), [value])',
        replace: 'void [value, key, asked]',
      },
      {
        name: 'denying-policy-of-session-named',
        breaks: 'A denial by the session’s policy names a policy of the account.',
        find: ' && policies === compiled ? applied',
        replace: ' ? applied',
      },
    ],
  },
  {
    file: 'session-caller.ts',
    tests: [accessTests.stsSessions, accessTests.sessions],
    changes: [
      {
        name: 'session-outlives-role',
        breaks: 'A session of a deleted role becomes one of the account, which may do everything.',
        find: 'if (row.role_name === null || row.session_name === null) return undefined',
        replace: "if (row.role_name === null || row.session_name === null) return { kind: 'Account', ...signed }",
      },
    ],
  },
  {
    file: 'credentials.ts',
    tests: [accessTests.credentials],
    changes: [
      {
        name: 'key-status-of-session',
        breaks: 'A session goes on after the key that began it was disabled.',
        find: "status: row.key_status ?? 'Active'",
        replace: "status: 'Active'",
        tests: [accessTests.stsSessions, accessTests.sessions],
      },
      {
        name: 'user-becomes-account',
        breaks: 'A key whose user is gone has the rights of the account.',
        find: "if (user_name === null) throw new Error('An access key belongs to a user who is not there.')",
        replace: "if (user_name === null) return { kind: 'Account', ...signed }",
      },
      {
        name: 'old-secret-in-memory',
        breaks: 'A secret that was replaced in the store still signs.',
        find: 'if (known?.sealed === sealed) return known.keys',
        replace: 'if (known !== undefined) return known.keys',
      },
      {
        name: 'turn-without-end',
        breaks: 'A key that was disabled or deleted goes on signing.',
        find: 'if (ofThisTurn.size === 0) setImmediate(() => ofThisTurn.clear())',
        replace: '',
        tests: [accessTests.credentials, accessTests.sessions, platform('ram/access-keys/update-access-key')],
      },
    ],
  },
  {
    file: 'compiled-policies.ts',
    tests: [accessTests.authorise],
    changes: [
      {
        name: 'epoch-ignored',
        breaks: 'A policy that was detached goes on allowing.',
        find: 'if (kept?.epoch === epoch)',
        replace: 'if (kept !== undefined)',
        tests: [accessTests.authorise, 'test/access/ram-nodes.test.ts'],
      },
      {
        name: 'user-and-role-of-one-id',
        breaks: 'A user and a role with one id share their rights.',
        find: '`user ${caller.userId}` : `role ${caller.roleId}`',
        replace: '`${caller.userId}` : `${caller.roleId}`',
      },
      {
        name: 'unreadable-policy-left-out',
        breaks: 'A denial that cannot be read is left out.',
        find: "if ('mistake' in outcome) throw new Error(`A stored policy cannot be read: ${outcome.mistake.message}`)",
        replace: "if ('mistake' in outcome) return { kind: 'identity', statements: [] }",
      },
    ],
  },
  {
    file: 'resources.ts',
    tests: [`${at}/resources.test.ts`],
    changes: [
      {
        name: 'owner-from-any-text',
        breaks: 'A caller chooses the ARN policies are asked about.',
        find: '/^\\d{16}$/.test(owner)',
        replace: "owner !== ''",
      },
      {
        name: 'crossing-without-saying',
        breaks: 'A parameter that counts for calls across accounts only counts always.',
        find: "given('CrossAccount')?.toLowerCase() === 'true' ? given('ResourceUid') : undefined",
        replace: "given('ResourceUid')",
      },
      {
        name: 'account-of-the-caller',
        breaks: 'A policy about the own account decides about a resource of another one.',
        find: "namedOwner(template, given) ?? owners.get(soleName(template, given) ?? '') ?? caller.accountId",
        replace: 'namedOwner(template, given) ?? caller.accountId',
        tests: [`${at}/resources.test.ts`, 'test/access/other-account.test.ts'],
      },
      {
        name: 'owner-of-everything',
        breaks: 'A refusal tells an id of another account from one that does not exist.',
        find: 'if (operation.access.tellsOthersApart !== true) return none',
        replace: '',
      },
      {
        name: 'region-from-any-text',
        breaks: 'A caller chooses the region in the ARN with a text that is none.',
        find: "isRegion(named) ? named : '*'",
        replace: "named || '*'",
      },
      {
        name: 'undeclared-parameter-in-arn',
        breaks: 'A parameter the operation does not have is put into the ARN.',
        find: '(Object.hasOwn(params, name) ? raw.get(name)?.trim() : undefined)',
        replace: 'raw.get(name)?.trim()',
      },
      {
        name: 'name-without-bound',
        breaks: 'One call costs as much matching as its longest parameter.',
        find: '?.slice(0, longestName)',
        replace: '?.slice(0, longestName * 1000)',
      },
    ],
  },
  {
    file: '../sealing/sealing.ts',
    tests: [`packages/server/src/sealing/sealing.test.ts`],
    changes: [
      {
        name: 'sealed-to-nothing',
        breaks: 'A sealed value opens in another row.',
        find: '{ authTagLength: tagLength })\n        .setAAD(Buffer.from(context))\n',
        replace: "{ authTagLength: tagLength })\n        .setAAD(Buffer.from(''))\n",
      },
      {
        name: 'sealed-and-opened-to-nothing',
        breaks: 'Nonces repeat: two sealed values betray one another.',
        find: 'randomBytes(nonceLength)',
        replace: 'Buffer.alloc(nonceLength)',
      },
    ],
  },
  {
    file: 'key-uses.ts',
    tests: [`${at}/key-uses.test.ts`],
    changes: [
      {
        name: 'noted-each-time',
        breaks: 'Every call costs a write.',
        find: 'if (last !== undefined && at - last < exactness) return',
        replace: 'void last',
      },
      {
        name: 'noted-never-again',
        breaks: 'The last use of a key stays its first.',
        find: 'at - last < exactness',
        replace: 'at - last < exactness * 1000',
      },
      {
        name: 'stop-loses-uses',
        breaks: 'A stop loses the uses that were noted last.',
        find: 'clearInterval(timer)\n      await flush()\n      await flush()',
        replace: 'clearInterval(timer)',
      },
    ],
  },
]
