import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addVersions, began, otherDocument, testNames } from '../testing.suite.ts'
import { getPolicyVersion as operation } from './get-policy-version.ts'

testOperation(operation, (world) => {
  const given = { PolicyType: 'Custom', PolicyName: 'Gateway-Operator', VersionId: 'v2' }

  test('shows the version', async () => {
    await addVersions(world(), await addPolicy(world()), 1)
    expect(await world().call(operation, given)).toEqual({
      PolicyVersion: { VersionId: 'v2', IsDefaultVersion: false, PolicyDocument: otherDocument, CreateDate: began },
    })
  })

  test('a policy of the system has the one it came with', async () => {
    const asked = { PolicyType: 'System', PolicyName: 'ReadOnlyAccess' }
    expect(await world().call(operation, { ...asked, VersionId: 'v1' })).toMatchObject({
      PolicyVersion: { IsDefaultVersion: true },
    })
    expect(await world().refused(operation, { ...asked, VersionId: 'v2' })).toBe('EntityNotExist.Policy.Version')
  })

  test('EntityNotExist: policy, then version', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    await addPolicy(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy.Version')
  })

  test.each([
    ['InvalidParameter.PolicyType', { PolicyType: 'Own' }],
    ['InvalidParameter.VersionId.Format', { VersionId: '2' }],
    ['InvalidParameter.VersionId.Format', { VersionId: 'v0' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
  })

  testNames(operation, world, given, 'PolicyName')
})
