import { expect, test } from 'vitest'
import { text } from '../declare/index.ts'
import { echo } from '../rpc/testing/door.suite.ts'
import { idsOfUnknownOwner, resources } from './resources.ts'

const caller = { kind: 'Account', accountId: '1234567890123456', accessKeyId: 'k' } as const

const declared = [
  'RegionId',
  'SmartAGId',
  'SmartAGUid',
  'CrossAccount',
  'ResourceUid',
  'CcnId',
  'UserName',
  'PolicyName',
  'PolicyType',
  'RoleArn',
]

const onResource = (resource: string | readonly string[], names: readonly string[] = declared) => ({
  ...echo('X'),
  params: Object.fromEntries(names.map((name) => [name, text()])),
  access: { action: 'smartag:X', level: 'Write', resource, dependent: [] } as const,
})

test.each([
  ['*', {}, ['*']],
  ['smartag/*', {}, ['acs:smartag:*:1234567890123456:smartag/*']],
  [
    'smartag/{SmartAGId}',
    { RegionId: 'cn-shanghai', SmartAGId: 'sag-1' },
    ['acs:smartag:cn-shanghai:1234567890123456:smartag/sag-1'],
  ],
  ['smartag/{SmartAGId}', { SmartAGId: '' }, ['acs:smartag:*:1234567890123456:smartag/*']],
  [
    ['ccn/{CcnId}', 'smartag/{SmartAGId}'],
    { CcnId: 'ccn-1', SmartAGId: 'sag-1' },
    ['acs:smartag:*:1234567890123456:ccn/ccn-1', 'acs:smartag:*:1234567890123456:smartag/sag-1'],
  ],
  ['smartag/{SmartAGId}', { RegionId: 'no:region', SmartAGId: 's' }, ['acs:smartag:*:1234567890123456:smartag/s']],
  ['acs:ram:*:{account}:user/{UserName}', { UserName: 'alice' }, ['acs:ram:*:1234567890123456:user/alice']],
  ['{RoleArn}', { RoleArn: 'acs:ram::1:role/a' }, ['acs:ram::1:role/a']],
])('%j with %j is about %j', (template, params, expected) => {
  expect(resources(caller, onResource(template), new Map(Object.entries(params)))).toEqual(expected)
})

test.each(['abc', '*', '123', '6543210987654321:smartag/sag-2', ' '])(
  'what is no account is no owner: %j',
  (SmartAGUid) => {
    const raw = new Map(Object.entries({ SmartAGId: 'sag-1', SmartAGUid }))
    expect(resources(caller, onResource('smartag/{SmartAGId}'), raw)).toEqual([
      'acs:smartag:*:1234567890123456:smartag/sag-1',
    ])
  },
)

test('the instance of another account is that account’s, and the network stays the caller’s', () => {
  const raw = new Map(Object.entries({ CcnId: 'ccn-1', SmartAGId: 'sag-1', SmartAGUid: '6543210987654321' }))
  expect(resources(caller, onResource(['ccn/{CcnId}', 'smartag/{SmartAGId}']), raw)).toEqual([
    'acs:smartag:*:1234567890123456:ccn/ccn-1',
    'acs:smartag:*:6543210987654321:smartag/sag-1',
  ])
})

test.each([
  ['true', '6543210987654321'],
  ['True', '6543210987654321'],
  [' true ', '6543210987654321'],
  ['false', '1234567890123456'],
])('ResourceUid counts where CrossAccount is %s', (CrossAccount, account) => {
  const raw = new Map(Object.entries({ SmartAGId: 'sag-1', CrossAccount, ResourceUid: '6543210987654321' }))
  expect(resources(caller, onResource('smartag/{SmartAGId}'), raw)).toEqual([`acs:smartag:*:${account}:smartag/sag-1`])
})

test.each([{ SmartAGUid: ' 6543210987654321\t' }, { CrossAccount: 'true', ResourceUid: ' 6543210987654321 ' }])(
  'the account is read as the operation reads it, without the space around it: %j',
  (params) => {
    const raw = new Map(Object.entries({ SmartAGId: 'sag-1', ...params }))
    expect(resources(caller, onResource('smartag/{SmartAGId}'), raw)).toEqual([
      'acs:smartag:*:6543210987654321:smartag/sag-1',
    ])
  },
)

test.each([
  { SmartAGUid: '6543210987654321' },
  { CrossAccount: 'true', ResourceUid: '6543210987654321' },
  { RegionId: 'cn-shanghai' },
])('what the operation does not look at says nothing about the resource: %j', (params) => {
  const raw = new Map(Object.entries({ SmartAGId: 'sag-1', ...params }))
  expect(resources(caller, onResource('smartag/{SmartAGId}', ['SmartAGId']), raw)).toEqual([
    'acs:smartag:*:1234567890123456:smartag/sag-1',
  ])
})

const apart = (resource: string | readonly string[], names: readonly string[] = declared) => {
  const operation = onResource(resource, names)
  return { ...operation, access: { ...operation.access, tellsOthersApart: true } as const }
}

test('the account that a resource belongs to counts where the request does not name one', () => {
  const operation = apart(['ccn/{CcnId}', 'smartag/{SmartAGId}'])
  const owners = new Map(Object.entries({ 'ccn-1': '2222222222222222', 'sag-1': '3333333333333333' }))
  const request = { CcnId: ' ccn-1 ', SmartAGId: 'sag-1' }
  const raw = new Map(Object.entries(request))
  expect(idsOfUnknownOwner(operation, raw)).toEqual(['ccn-1', 'sag-1'])
  expect(resources(caller, operation, raw, owners)).toEqual([
    'acs:smartag:*:2222222222222222:ccn/ccn-1',
    'acs:smartag:*:3333333333333333:smartag/sag-1',
  ])
  const says = new Map(Object.entries({ ...request, SmartAGUid: '6543210987654321' }))
  expect(idsOfUnknownOwner(operation, says)).toEqual(['ccn-1'])
  expect(resources(caller, operation, says, owners)[1]).toBe('acs:smartag:*:6543210987654321:smartag/sag-1')
  // What nobody has could be the caller's own.
  expect(resources(caller, operation, raw, new Map())[1]).toBe('acs:smartag:*:1234567890123456:smartag/sag-1')
})

test('no owner is looked for where the answer does not tell another account’s resource from none', () => {
  const raw = new Map([['SmartAGId', 'sag-1']])
  expect(idsOfUnknownOwner(onResource('smartag/{SmartAGId}'), raw)).toEqual([])
  expect(idsOfUnknownOwner(apart('smartag/*'), raw)).toEqual([])
  expect(idsOfUnknownOwner(apart('smartag/{SmartAGId}'), new Map())).toEqual([])
})

test('a name that is longer than any there is is cut', () => {
  const raw = new Map([['SmartAGId', 'a'.repeat(1_000_000)]])
  expect(resources(caller, onResource('smartag/{SmartAGId}'), raw)).toEqual([
    `acs:smartag:*:1234567890123456:smartag/${'a'.repeat(256)}`,
  ])
})

const alice = { kind: 'RAMUser', accountId: '1', accessKeyId: 'k', userId: '2', userName: 'alice' } as const
const session = {
  kind: 'AssumedRole',
  accountId: '1',
  accessKeyId: 'k',
  roleId: '3',
  roleName: 'r',
  sessionName: 's',
} as const

test.each([
  ['acs:ram:*:{account}:user/{UserName}', {}, ['acs:ram:*:1:user/alice']],
  // Blank counts as not given, in the operation as here: a name of spaces must not hide who is meant.
  ['acs:ram:*:{account}:user/{UserName}', { UserName: ' ' }, ['acs:ram:*:1:user/alice']],
  ['acs:ram:*:{account}:user/{UserName}', { UserName: 'bob' }, ['acs:ram:*:1:user/bob']],
  ['acs:ram:*:{account}:user/{self}', { self: 'bob' }, ['acs:ram:*:1:user/alice']],
  ['acs:ram:*:{policyOwner}:policy/{PolicyName}', { PolicyName: 'p' }, ['acs:ram:*:1:policy/p']],
  [
    'acs:ram:*:{policyOwner}:policy/{PolicyName}',
    { PolicyName: 'p', PolicyType: 'System' },
    ['acs:ram:*:system:policy/p'],
  ],
])('a user: %j with %j is about %j', (template, params, expected) => {
  expect(resources(alice, onResource(template), new Map(Object.entries(params)))).toEqual(expected)
})

test('a role session has no user of its own', () => {
  const template = 'acs:ram:*:{account}:user/{UserName}'
  expect(resources(session, onResource(template), new Map())).toEqual(['acs:ram:*:1:user/*'])
})
