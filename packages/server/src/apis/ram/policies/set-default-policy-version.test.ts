import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addVersions, look, testNames } from '../testing.suite.ts'
import { setDefaultPolicyVersion as operation } from './set-default-policy-version.ts'

testOperation(operation, (world) => {
  const given = { PolicyName: 'Gateway-Operator', VersionId: 'v2' }
  const inForce = async () =>
    (await look(world(), ({ policies }) => policies.policy(accountId, 'Gateway-Operator')))?.defaultVersion

  test('puts the version in force; it may be the one that is', async () => {
    await addVersions(world(), await addPolicy(world()), 2)
    await world().call(operation, given)
    expect(await inForce()).toBe(2)
    expect(await world().call(operation, given)).toEqual({})
    expect(await inForce()).toBe(2)
  })

  test('goes back to a version of before the examples', async () => {
    const examples = '[{"action":"smartag:DescribeRegions","resource":"*","expect":"allowed"}]'
    await addVersions(world(), await addPolicy(world(), 'Gateway-Operator', { examples }), 1)
    await world().call(operation, given)
    expect(await inForce()).toBe(2)
  })

  test('EntityNotExist: policy, then version', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    await addPolicy(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy.Version')
  })

  test('InvalidParameter.VersionId.Format', async () => {
    expect(await world().refused(operation, { ...given, VersionId: 'v' })).toBe('InvalidParameter.VersionId.Format')
  })

  testNames(operation, world, given, 'PolicyName')
})
