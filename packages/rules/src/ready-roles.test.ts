import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canGrant,
  mostGranted,
  narrowRoles,
  type ReadyGrant,
  type ReadyRole,
  readyGrantOf,
  readyPolicy,
} from './ready-roles.ts'

const roles: readonly ReadyRole[] = ['viewer', 'operator', 'clerk', 'auditor']
const id = fc.stringMatching(/^[a-z0-9]{18}$/)
const on = fc
  .record({
    instances: fc.array(
      id.map((text) => `sag-${text}`),
      { maxLength: 20 },
    ),
    networks: fc.array(
      id.map((text) => `ccn-${text}`),
      { maxLength: 30 },
    ),
    // Those of one key stand together, as they come back.
    tags: fc
      .uniqueArray(fc.tuple(fc.constantFrom('env', 'critical', '__proto__', '网点'), fc.string({ maxLength: 6 })), {
        maxLength: 3,
        selector: (tag) => tag.join('='),
      })
      .map((all) => all.filter(([key], at) => all.slice(0, at).every(([other]) => other !== key))),
  })
  .filter(({ instances, networks, tags }) => instances.length + networks.length + tags.length > 0)
const grant: fc.Arbitrary<ReadyGrant> = fc.oneof(
  fc.record({ role: fc.constantFrom(...roles), on: fc.constant('everything' as const) }),
  fc.record({ role: fc.constantFrom(...narrowRoles), on }).filter(canGrant),
)

describe('the policy of a ready role', () => {
  test('is recognised as what it was made for, however it is laid out', () => {
    fc.assert(
      fc.property(grant, (given) => {
        const document = readyPolicy(given)
        expect(readyGrantOf(document)).toEqual(given)
        expect(readyGrantOf(JSON.stringify(JSON.parse(document), undefined, 2))).toEqual(given)
      }),
    )
  })

  test('is recognised as none when anything of it was changed', () => {
    fc.assert(
      fc.property(grant, fc.nat(), (given, seed) => {
        const parsed = JSON.parse(readyPolicy(given)) as { Statement: { Action: string[]; Resource: string[] }[] }
        const statement = parsed.Statement[seed % parsed.Statement.length]
        if (seed % 2 === 0) statement?.Action.push('ram:CreateUser')
        else statement?.Resource.push('acs:ram:*:*:user/x')
        expect(readyGrantOf(JSON.stringify(parsed))).toBeUndefined()
      }),
    )
  })

  test('is no longer than a policy may be', () => {
    const instances = Array.from({ length: mostGranted }, (_, n) => `sag-${String(n).padStart(18, 'x')}`)
    for (const role of narrowRoles) {
      expect(readyPolicy({ role, on: { instances, networks: [], tags: [] } }).length).toBeLessThanOrEqual(6144)
    }
  })

  test('is not made of nothing, of too much, or of what a role cannot be cut down to', () => {
    const instances = Array.from({ length: mostGranted + 1 }, (_, n) => `sag-${n}`)
    const nothing = { instances: [], networks: [], tags: [] }
    const tags = Array.from({ length: 6 }, (_, n) => [`key-${n}`, 'x'.repeat(128)] as const)
    for (const on of [nothing, { ...nothing, instances }, { ...nothing, tags }]) {
      expect(() => readyPolicy({ role: 'operator', on })).toThrow(RangeError)
      expect(canGrant({ role: 'operator', on })).toBe(false)
    }
    for (const role of ['clerk', 'auditor'] as const) {
      expect(() => readyPolicy({ role, on: { ...nothing, instances: ['sag-1'] } })).toThrow(RangeError)
    }
  })

  test('on tags asks for values of one key together, and lets an operator give no tags', () => {
    const tags = [
      ['env', 'prod'],
      ['critical', ''],
      ['env', 'test'],
    ] as const
    const { Statement } = JSON.parse(readyPolicy({ role: 'operator', on: { instances: [], networks: [], tags } }))
    expect(Statement.slice(0, -1)).toMatchObject([
      { Resource: ['*'], Condition: { StringEquals: { 'acs:ResourceTag/env': ['prod', 'test'] } } },
      { Resource: ['*'], Condition: { StringEquals: { 'acs:ResourceTag/critical': [''] } } },
      { Effect: 'Deny', Action: ['opensag:TagGateway', 'opensag:UntagGateway'], Resource: ['*'] },
    ])
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"Statement":{}}',
    '{"Statement":[{"Resource":"*"}]}',
    '{"Statement":[{"Resource":[]}]}',
  ])('%s is none', (document) => {
    expect(readyGrantOf(document)).toBeUndefined()
  })
})
