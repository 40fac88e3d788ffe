import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addVersions, began, change, document, look, otherDocument, testNames } from '../testing.suite.ts'
import { createPolicyVersion as operation } from './create-policy-version.ts'

testOperation(operation, (world) => {
  const given = { PolicyName: 'Gateway-Operator', PolicyDocument: otherDocument }
  const allowed = '[{"action":"smartag:DescribeRegions","resource":"*","expect":"allowed"}]'
  const denied = allowed.replace('allowed', 'denied')

  async function versions(): Promise<readonly string[]> {
    const all = await look(world(), async ({ policies }) => {
      const policy = await policies.policy(accountId, 'Gateway-Operator')
      return policy === undefined ? [] : policies.versions(policy)
    })
    return all.map(({ version, isDefault }) => `v${version}${isDefault ? ' default' : ''}`)
  }

  test('adds a version, in force only when that is asked for', async () => {
    await addPolicy(world())
    expect(await world().call(operation, given)).toEqual({
      PolicyVersion: {
        VersionId: 'v2',
        IsDefaultVersion: false,
        PolicyDocument: otherDocument,
        CreateDate: began,
      },
    })
    expect(await world().call(operation, { ...given, SetAsDefault: 'true' })).toMatchObject({
      PolicyVersion: { VersionId: 'v3', IsDefaultVersion: true },
    })
    expect(await versions()).toEqual(['v1', 'v2', 'v3 default'])
  })

  test('LimitExceeded.Policy.Version: five there are, unless the oldest that is not in force may go', async () => {
    const policy = await addPolicy(world())
    await addVersions(world(), policy, 4)
    expect(await world().refused(operation, given)).toBe('LimitExceeded.Policy.Version')
    const rotating = { ...given, RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded' }
    await world().call(operation, rotating)
    expect(await versions()).toEqual(['v1 default', 'v3', 'v4', 'v5', 'v6'])
    await change(world(), ({ policies }) => policies.setDefault(policy, 3, 1))
    await world().call(operation, rotating)
    expect(await versions()).toEqual(['v3 default', 'v4', 'v5', 'v6', 'v7'])
  })

  test('PolicyExample.Failed: the examples of the policy hold for every later version, until replaced', async () => {
    await addPolicy(world(), 'Gateway-Operator', { examples: allowed })
    expect(await world().refused(operation, given)).toBe('PolicyExample.Failed')
    expect(await versions()).toEqual(['v1 default'])
    await world().call(operation, { ...given, PolicyDocument: document })
    await world().call(operation, { ...given, Examples: denied })
    expect(await world().refused(operation, { ...given, PolicyDocument: document })).toBe('PolicyExample.Failed')
    expect(await versions()).toEqual(['v1 default', 'v2', 'v3'])
  })

  test('InvalidParameter.Examples.Format', async () => {
    await addPolicy(world())
    expect(await world().refused(operation, { ...given, Examples: '{}' })).toBe('InvalidParameter.Examples.Format')
  })

  test('MalformedPolicyDocument: with the place of the mistake', async () => {
    const PolicyDocument = `${document}\n}`
    await expect(world().call(operation, { ...given, PolicyDocument })).rejects.toThrow(/ Line 2, column 1: /)
    expect(await world().refused(operation, { ...given, PolicyDocument })).toBe('MalformedPolicyDocument')
  })

  test('EntityNotExist.Policy: also for one of the system', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    expect(await world().refused(operation, { ...given, PolicyName: 'ReadOnlyAccess' })).toBe('EntityNotExist.Policy')
  })

  test.each([
    ['InvalidRotateStrategy', { RotateStrategy: 'Never' }],
    ['InvalidParameter.PolicyDocument.Length', { PolicyDocument: ' '.repeat(6143).padStart(6145, '{}') }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
  })

  testNames(operation, world, given, 'PolicyName')
})
