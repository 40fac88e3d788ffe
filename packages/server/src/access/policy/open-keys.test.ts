import { expect, test } from 'vitest'
import { contextOf } from './examples.ts'
import { openKeys } from './open-keys.ts'
import { parsePolicy } from './parse.ts'

const document = JSON.stringify({
  Version: '1',
  Statement: [
    { Effect: 'Allow', Action: 'ram:*', Resource: '*', Condition: { Bool: { 'acs:MFAPresent': 'true' } } },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: 'acs:ram:*:*:user/ada',
      Condition: { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' }, Bool: { 'ACS:mfapresent': 'true' } },
    },
    { Effect: 'Allow', Action: 'smartag:*', Resource: '*', Condition: { StringEquals: { 'acs:Other': 'x' } } },
    { Effect: 'Allow', Action: 'ram:GetUser', Resource: '*' },
  ],
})

function open(action: string, resources: readonly string[], context: Readonly<Record<string, string>> = {}) {
  const parsed = parsePolicy(document, 'identity')
  if ('mistake' in parsed) throw new Error(parsed.mistake.message)
  return openKeys([parsed.policy], { action, resources, context: contextOf(context) })
}

test.each([
  ['those of statements about the action', 'ram:GetUser', ['*'], {}, ['acs:MFAPresent']],
  [
    'also those of a denial about the resource',
    'ram:GetUser',
    ['acs:ram:*:1:user/ada'],
    {},
    ['acs:MFAPresent', 'acs:SourceIp'],
  ],
  [
    'not those that are known',
    'ram:GetUser',
    ['acs:ram:*:1:user/ada'],
    { 'acs:mfaPresent': 'false' },
    ['acs:SourceIp'],
  ],
  ['of any of several resources', 'ram:GetUser', ['*', 'acs:ram:*:1:user/ada'], {}, ['acs:MFAPresent', 'acs:SourceIp']],
  ['none when no statement is about it', 'sts:AssumeRole', ['*'], {}, []],
  ['of no resource at all those about any', 'smartag:ViewWanSnat', [], {}, ['acs:Other']],
] as const)('%s', (_, action, resources, context, expected) => {
  expect(open(action, resources, context)).toEqual(expected)
})
