import { expect, test } from 'vitest'
import { commonConditionKeys } from '../declare/index.ts'
import { conditionContext } from './circumstances.ts'

const caller = { kind: 'Account', accountId: '1234567890123456', accessKeyId: 'k' } as const
const circumstances = { sourceIp: '::ffff:192.0.2.1', secure: false, at: Date.UTC(2026, 0, 1) }

function contextOf(raw: Readonly<Record<string, string>>) {
  return conditionContext(caller, circumstances, new Map(Object.entries(raw)))
}

test('a call is known by its time, transport, address and caller', () => {
  expect([...contextOf({})]).toEqual([
    ['acs:currenttime', ['2026-01-01T00:00:00Z']],
    ['acs:securetransport', ['false']],
    ['acs:mfapresent', ['false']],
    ['acs:principalarn', ['acs:ram::1234567890123456:root']],
    ['acs:sourceip', ['192.0.2.1']],
  ])
})

test('the keys that the pages list are those that every request has', () => {
  const listed = commonConditionKeys.map((key) => key.toLowerCase())
  expect([...contextOf({}).keys()].sort()).toEqual(listed.sort())
})

test('a second factor is present in the session of a user that began with one', () => {
  const user = { ...caller, kind: 'RAMUser', userId: '1', userName: 'alice' } as const
  const present = (of: Parameters<typeof conditionContext>[0]) =>
    conditionContext(of, circumstances, new Map()).get('acs:mfapresent')
  expect([present(user), present({ ...user, mfaPresent: true })]).toEqual([['false'], ['true']])
})

test('tags are found whatever their numbers and case, as often as they are there', () => {
  const context = contextOf({ 'Tag.1.Key': 'Team', 'Tag.1.Value': 'a', 'Tag.9.Key': 'team', 'Tag.3.Key': 'x' })
  expect(context.get('acs:requesttag/team')).toEqual(['a', ''])
  expect(context.get('acs:requesttag/x')).toEqual([''])
})

test('twenty tags are looked at, and of each the beginning', () => {
  const many = Array.from({ length: 30 }, (_, index) => [`Tag.${index + 1}.Key`, `k${index + 1}`])
  const context = contextOf({ ...Object.fromEntries(many), 'Tag.1.Value': 'v'.repeat(1000) })
  expect([...context.keys()].filter((key) => key.startsWith('acs:requesttag/'))).toHaveLength(20)
  expect(context.get('acs:requesttag/k1')).toEqual(['v'.repeat(256)])
})
