import type { MutatedFile } from '../mutant.ts'
import { accessTests, platform } from './tests.ts'

const at = 'packages/server/src/access'
const evaluation = [`${at}/policy/truth.test.ts`, `${at}/policy/properties.test.ts`]
const reading = [`${at}/policy/parse.test.ts`, `${at}/policy/positions.test.ts`, `${at}/policy/fuzz.test.ts`]

export const ramPolicies: readonly MutatedFile[] = [
  {
    file: '../store/access/tags.ts',
    tests: [platform('ram/tags/list-tag-resources'), platform('ram/tags/untag-resources')],
    changes: [
      {
        name: 'tags-of-any-filter',
        breaks: 'A filter of several tags finds what has one of them.',
        find: ".having((eb) => eb.fn.countAll(), '=', filters.length)",
        replace: ".having((eb) => eb.fn.countAll(), '>', 0)",
        tests: [platform('ram/tags/list-tag-resources'), platform('ram/roles/list-roles')],
      },
      {
        name: 'page-of-tags-by-name',
        breaks: 'A page of tags that ends inside a resource loses the rest of its tags.',
        find: "eb.and([eb('resource_name', '=', name), eb('tag_key', '>', key)])",
        replace: "eb.and([eb('resource_name', '=', name), eb('tag_key', '<', '')])",
      },
      {
        name: 'untag-everything',
        breaks: 'To take one tag away takes all of them.',
        find: 'if (keys !== undefined) rows',
        replace: 'if (keys !== undefined && keys.length > 99) rows',
      },
    ],
  },
  {
    file: '../store/access/roles.ts',
    tests: [platform('ram/roles/create-role')],
    changes: [
      {
        name: 'tags-outlive-role',
        breaks: 'A role has the tags of a deleted one of its name.',
        find: "await new RamTags(this.#db).remove(accountId, 'role', [name])",
        replace: 'void name',
      },
    ],
  },
  {
    file: '../apis/ram/find-or-refuse.ts',
    tests: [platform('ram/roles/delete-role'), platform('ram/roles/create-service-linked-role')],
    changes: [
      {
        name: 'role-of-service-changed',
        breaks: 'The account changes or deletes the role of a service as one of its own.',
        find: "if (role.serviceName !== undefined) throw context.fail('NotSupport.ServiceLinkedRole')",
        replace: '',
      },
    ],
  },
  {
    file: '../apis/ram/roles/delete-service-linked-role.ts',
    tests: [platform('ram/roles/delete-service-linked-role')],
    changes: [
      {
        name: 'own-role-deleted-as-linked',
        breaks: 'A role of the account is deleted with its policies by the operation for roles of services.',
        find: 'if (role.serviceName === undefined)',
        replace: 'if (role.name === undefined)',
      },
      {
        name: 'attachment-outlives-linked-role',
        breaks: 'The attachment of the policy stays when the role of a service is deleted.',
        find: 'await ram.attachments.detach(caller.accountId, policy, target)',
        replace: 'void [policy, caller]',
      },
      {
        name: 'every-role-of-the-service',
        breaks: 'A policy about the role of one service allows to delete the role of any.',
        find: "serviceOfRoleName(raw.get('RoleName') ?? '')",
        replace: "serviceOfRoleName('AliyunServiceRoleForSmartag')",
      },
    ],
  },
  {
    file: '../apis/ram/roles/create-service-linked-role.ts',
    tests: [platform('ram/roles/create-service-linked-role')],
    changes: [
      {
        name: 'linked-role-without-service',
        breaks: 'The role of a service is created as one of the account, which can change it.',
        find: 'serviceName: template.serviceName,',
        replace: 'serviceName: undefined,',
      },
      {
        name: 'any-service-created',
        breaks: 'A policy about one service allows to create the role of another.',
        find: "(raw) => raw.get('ServiceName')",
        replace: '() => template.serviceName',
      },
    ],
  },
  {
    file: '../apis/ram/tags/tag-resources.ts',
    tests: [platform('ram/tags/tag-resources')],
    changes: [
      {
        name: 'more-tags-than-fit',
        breaks: 'A role gets more tags than are documented, a few with each call.',
        find: '[...(present.get(name) ?? []), ...given]',
        replace: '[...given]',
      },
    ],
  },
  {
    file: '../apis/ram/attaching.ts',
    tests: [platform('ram/policies/attach-policy-to-user'), platform('ram/policies/detach-policy-from-user')],
    changes: [
      {
        name: 'attached-twice',
        breaks: 'A policy that is attached already is attached again.',
        find: 'if (isAttached(attached, policy)) throw',
        replace: 'if (false) throw',
      },
      {
        name: 'attached-beyond-the-limit',
        breaks: 'One policy more than the limit is attached.',
        find: '>= limits.attached[type]',
        replace: '> limits.attached[type]',
      },
      {
        name: 'detaches-what-is-not-attached',
        breaks: 'Detaching a policy that is not attached answers success.',
        find: 'if (!isAttached(await ram.attachments.to(target), policy)) throw',
        replace: 'if (false) throw',
      },
      {
        name: 'scope-ignored',
        breaks: 'A policy that was meant for one resource group holds for the account.',
        find: 'if (scope !== undefined && scope !== caller.accountId) throw',
        replace: 'if (false) throw',
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
    tests: [platform('ram/login-profiles/create-login-profile'), platform('ram/login-profiles/change-password')],
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
    file: 'policy/scope.ts',
    tests: [`${at}/policy/scope.test.ts`],
    changes: [
      {
        name: 'denied-entries-listed',
        breaks: 'A list shows what a policy denies.',
        find: "const denied = namesOf(compiled, 'Deny', request)",
        replace: 'const denied: Names = { patterns: [], exceptions: [] }',
      },
      {
        name: 'lists-of-every-account',
        breaks: 'A policy about another account gives the list of the own one.',
        find: ' || !compileWildcard(account).matches(accountId)',
        replace: '',
      },
      {
        name: 'conditions-of-lists-ignored',
        breaks: 'A list is shown from anywhere, though a policy names the addresses.',
        find: 'else if (!condition.holds(context)) return undefined',
        replace: '',
        tests: [accessTests.authorise],
      },
      {
        name: 'any-number-of-patterns',
        breaks: 'One list compares a hundred thousand ids with a thousand patterns.',
        find: "isTooMuch(limits, allowed, denied) ? 'none' : ",
        replace: '',
        tests: [accessTests.authorise],
      },
    ],
  },
  {
    file: 'policy/evaluate.ts',
    tests: evaluation,
    changes: [
      {
        name: 'denial-of-one-name-ignored',
        breaks: 'Who is denied the SmartAG action reads the same by an operation of ours.',
        find: "decided.find(({ decision }) => 'why' in decision && decision.why === 'ExplicitDeny') ??",
        replace: '',
        tests: [accessTests.authorise],
      },
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
        find: 'actual.length === 0 && ifExists',
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
        tests: [...reading, platform('ram/policies/create-policy')],
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
]
