import { expect, test } from 'vitest'
import { echo } from '../rpc/testing/door.suite.ts'
import { resources } from './resources.ts'

const caller = { kind: 'Account', accountId: '1234567890123456', accessKeyId: 'k' } as const

const onResource = (resource: string | readonly string[]) => ({
  ...echo('X'),
  access: { action: 'smartag:X', level: 'Write', resource } as const,
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
  ['false', '1234567890123456'],
])('ResourceUid counts where CrossAccount is %s', (CrossAccount, account) => {
  const raw = new Map(Object.entries({ SmartAGId: 'sag-1', CrossAccount, ResourceUid: '6543210987654321' }))
  expect(resources(caller, onResource('smartag/{SmartAGId}'), raw)).toEqual([`acs:smartag:*:${account}:smartag/sag-1`])
})
