import { folder } from '../mutant.ts'
import { accessTests, platform } from './tests.ts'

const at = 'packages/server/src/ram'
const evaluation = [`${at}/policy/truth.test.ts`, `${at}/policy/properties.test.ts`]
const reading = [`${at}/policy/parse.test.ts`, `${at}/policy/positions.test.ts`, `${at}/policy/fuzz.test.ts`]

/** Who may do what: keys, sessions, policies and their evaluation. */
export const ram = folder('ram', 0.9, at, [
  {
    file: 'authorise.ts',
    tests: [accessTests.authorise],
    changes: [
      {
        name: 'session-policy-instead',
        breaks: 'The policy of a session gives what its role does not have.',
        find: "(session && denied(session, 'SessionPolicy', request)) ??\n      denied(compiled",
        replace: "(session !== undefined) ? denied(session, 'SessionPolicy', request) :\n      denied(compiled",
      },
      {
        name: 'session-policy-ignored',
        breaks: 'A session may do what its own policy denies.',
        find: "(session && denied(session, 'SessionPolicy', request)) ??",
        replace: '',
      },
      {
        name: 'dependent-actions-ignored',
        breaks: 'An operation that needs several rights runs with the first.',
        find: "...access.dependent.map((action) => ({ action, resources: ['*'], context })),",
        replace: '',
        tests: [accessTests.authorise, accessTests.matrix, platform('ram/create-policy')],
      },
      {
        name: 'tags-of-any-parameter',
        breaks: 'A parameter an operation does not have fulfils a condition about tags.',
        find: "Object.hasOwn(operation.params, 'Tag') ? raw : noTags",
        replace: 'raw ?? noTags',
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
        name: 'session-outlives-key',
        breaks: 'A session goes on after the key that began it was deleted.',
        find: 'if (row.access_key_id !== null && row.key_status === null) return undefined',
        replace: '',
      },
      {
        name: 'session-outlives-user',
        breaks: 'A session of a deleted user becomes one of the account, which may do everything.',
        find: 'if (row.user_id !== null && row.user_name === null) return undefined',
        replace: '',
      },
      {
        name: 'session-outlives-password',
        breaks: 'A console session goes on after its password was changed.',
        find: "if (row.profile_tag !== null && profileTag(row.password_hash ?? '') !== row.profile_tag) return undefined",
        replace: '',
        tests: ['packages/server/src/console-logon/logon.test.ts', accessTests.sessions],
      },
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
        tests: [accessTests.credentials, accessTests.sessions, platform('ram/update-access-key')],
      },
      {
        name: 'memory-without-bound',
        breaks: 'Memory grows with every access key that was ever used.',
        find: 'if (opened.size >= cacheSize && !oldest.done) opened.delete(oldest.value)',
        replace: 'void oldest',
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
      {
        name: 'policies-without-bound',
        breaks: 'Memory grows with every principal that was ever asked about.',
        find: 'if (map.size >= most && !oldest.done) map.delete(oldest.value)',
        replace: 'void [oldest, most]',
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
    file: 'sealing.ts',
    tests: [`${at}/sealing.test.ts`],
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
  {
    file: 'circumstances.ts',
    tests: [accessTests.authorise],
    changes: [
      {
        name: 'mapped-address',
        breaks: 'A condition about an IPv4 address does not hold on a socket of both families.',
        find: "address.startsWith('::ffff:') ? address.replace(/^::ffff:(?=\\d+\\.)/, '') : address",
        replace: 'address',
        tests: [`${at}/audit-facts.test.ts`],
      },
      {
        name: 'tags-without-bound',
        breaks: 'One call may bring any number of tags into the evaluation.',
        find: 'if (tags.length === mostTags) break',
        replace: '',
        tests: [`${at}/circumstances.test.ts`],
      },
      {
        name: 'transport-always-secure',
        breaks: 'A policy that asks for TLS is fulfilled without.',
        find: '[String(secure)]',
        replace: "['true']",
        tests: [`${at}/circumstances.test.ts`],
      },
    ],
  },
  {
    file: 'login-password.ts',
    tests: [platform('ram/create-login-profile'), platform('ram/change-password')],
    changes: [
      {
        name: 'two-kinds-are-enough',
        breaks: 'A weak password lets somebody log on to the console.',
        find: 'kinds >= 3',
        replace: 'kinds >= 2',
      },
      {
        name: 'seven-characters-are-enough',
        breaks: 'A short password lets somebody log on to the console.',
        find: '{8,32}',
        replace: '{7,32}',
      },
    ],
  },
  {
    file: 'policy/evaluate.ts',
    tests: evaluation,
    changes: [
      {
        name: 'one-resource-is-enough',
        breaks: 'A call on several resources is allowed where one of them is.',
        find: "if (by === undefined) return { effect: 'Deny', why: 'ImplicitDeny', resource: resource.text }",
        replace:
          "if (by === undefined && allowedBy === undefined) return { effect: 'Deny', why: 'ImplicitDeny', resource: resource.text }",
      },
      {
        name: 'one-condition-is-enough',
        breaks: 'A statement applies where one of its conditions holds.',
        find: 'conditions.every(',
        replace: 'conditions.length === 0 || conditions.some(',
      },
      {
        name: 'deny-of-first-resource-only',
        breaks: 'A denial of the second resource of a call does not count.',
        find: 'for (const resource of resources) {\n    const by = decisive(compiled.Deny',
        replace: 'for (const resource of resources.slice(0, 1)) {\n    const by = decisive(compiled.Deny',
      },
      {
        name: 'everybody-is-trusted',
        breaks: 'A role can be assumed by those its trust policy does not name.',
        find: 'trustee?.names.some((name) => trusted.includes(name)) === true',
        replace: 'trustee !== undefined',
      },
      {
        name: 'always-index-skipped',
        breaks: 'Statements with NotAction and NotResource never apply.',
        find: ' always.some(applies)\n',
        replace: ' void always\n',
      },
    ],
  },
  {
    file: 'policy/condition.ts',
    tests: evaluation,
    changes: [
      {
        name: 'negated-any',
        breaks: 'A negated operator holds where one of several values differs.',
        find: ' || (operator.set === undefined && negated)',
        replace: '',
      },
      {
        name: 'if-exists-always',
        breaks: 'A condition on a key the request does not have always holds.',
        find: 'actual.length === 0 && operator.ifExists',
        replace: 'actual.length === 0',
      },
    ],
  },
  {
    file: 'policy/operators.ts',
    tests: evaluation,
    changes: [
      {
        name: 'date-before-or-at',
        breaks: 'A right that ends at a time still holds at it.',
        find: 'test: compared(parseInstant, less)',
        replace: 'test: compared(parseInstant, atMost)',
      },
      {
        name: 'not-ip-address',
        breaks: 'A denial outside a network does not deny.',
        find: 'NotIpAddress: { ...network, negated: true',
        replace: 'NotIpAddress: { ...network, negated: false',
      },
      {
        name: 'number-at-least',
        breaks: 'A bound of a condition is off by one.',
        find: 'test: compared(parseNumber, atLeast)',
        replace: 'test: compared(parseNumber, greater)',
      },
    ],
  },
  {
    file: 'policy/arn.ts',
    tests: evaluation,
    changes: [
      {
        name: 'account-ignored',
        breaks: 'A pattern for one account matches the resources of every other.',
        find: ' && isAccount(account)',
        replace: '',
      },
      {
        name: 'star-matches-arn-only',
        breaks: 'A resource that is no ARN matches any pattern.',
        find: 'if (resource.scope === undefined) return false',
        replace: 'if (resource.scope === undefined) return true',
      },
    ],
  },
  {
    file: 'policy/wildcard.ts',
    tests: evaluation,
    changes: [
      {
        name: 'overlapping-end',
        breaks: 'A pattern matches a text in which its end overlaps its beginning.',
        find: 'text.length - part.length >= from && text.endsWith(part)',
        replace: 'text.endsWith(part)',
      },
      {
        name: 'question-mark-is-a-unit',
        breaks: 'A question mark matches half of a character.',
        find: '> 0xffff ? 2 : 1',
        replace: '> 0xffff ? 1 : 1',
      },
    ],
  },
  {
    file: 'policy/addresses.ts',
    tests: evaluation,
    changes: [
      {
        name: 'mapped-network',
        breaks: 'A network written as IPv4 in IPv6 has another length.',
        find: '(isMapped ? 96 : 0)',
        replace: '(isMapped ? 0 : 0)',
        tests: [...evaluation, `${at}/policy/fuzz.test.ts`],
      },
      {
        name: 'families-mixed',
        breaks: 'An IPv6 address matches an IPv4 network.',
        find: 'network.bits === bits && ',
        replace: '',
        tests: [...evaluation, `${at}/policy/fuzz.test.ts`],
      },
    ],
  },
  {
    file: 'policy/parse.ts',
    tests: reading,
    changes: [
      {
        name: 'policy-too-long',
        breaks: 'A policy longer than the limit is taken.',
        find: 'if (text.length > longestPolicy)',
        replace: 'if (text.length > longestPolicy + 1)',
        tests: [...reading, platform('ram/create-policy')],
      },
      {
        name: 'any-effect',
        breaks: 'A statement with a misspelt effect is taken, and denies nothing.',
        find: "effect.value !== 'Allow' && effect.value !== 'Deny'",
        replace: 'effect.value === undefined',
      },
      {
        name: 'trust-with-resource',
        breaks: 'A trust policy may have members that do not count.',
        find: "trust: ['Effect', 'Action', 'NotAction', 'Principal', 'Condition']",
        replace: "trust: ['Effect', 'Action', 'NotAction', 'Resource', 'Principal', 'Condition']",
      },
    ],
  },
  {
    file: 'policy/json-reader.ts',
    tests: [`${at}/policy/json-reader.test.ts`, `${at}/policy/fuzz.test.ts`],
    changes: [
      {
        name: 'name-given-twice',
        breaks: 'A policy says one thing to a reader and another to the server.',
        find: "if (names.has(name)) throw new MistakeAt(nameAt, 'This name was given before in the same object.')",
        replace: '',
        tests: [`${at}/policy/parse.test.ts`],
      },
      {
        name: 'nesting-without-bound',
        breaks: 'A hostile document exhausts the stack.',
        find: 'if (depth > deepest) throw',
        replace: 'if (depth > deepest * 1000) throw',
      },
      {
        name: 'text-after-the-end',
        breaks: 'What follows a document is ignored.',
        find: "if (at < text.length) throw new MistakeAt(at, 'The document has ended before this.')",
        replace: '',
      },
    ],
  },
])
