import { expect, test } from 'vitest'
import { echo } from '../rpc/testing/door.suite.ts'
import { authorise, resources } from './authorise.ts'

const caller = { kind: 'Account', accountId: '1234567890123456', accessKeyId: 'k' } as const

const onResource = (resource: string | readonly string[]) => ({
  ...echo('X'),
  access: { action: 'smartag:X', level: 'Write', resource } as const,
})

test('the account itself may do everything with what is its own', () => {
  expect(authorise(caller, onResource('smartag/{SmartAGId}'), new Map())).toBe('allow')
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
  ['acs:ram:*:{account}:user/{UserName}', { UserName: 'alice' }, ['acs:ram::1234567890123456:user/alice']],
])('%j with %j is about %j', (template, params, expected) => {
  expect(resources(caller, onResource(template), new Map(Object.entries(params)))).toEqual(expected)
})
