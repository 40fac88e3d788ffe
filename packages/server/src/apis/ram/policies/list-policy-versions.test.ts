import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addVersions, document, otherDocument, testNames } from '../testing.suite.ts'
import { listPolicyVersions as operation } from './list-policy-versions.ts'

testOperation(operation, (world) => {
  const given = { PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('lists the versions, oldest first', async () => {
    await addVersions(world(), await addPolicy(world()), 2)
    expect(await world().call(operation, given)).toMatchObject({
      PolicyVersions: [
        { VersionId: 'v1', IsDefaultVersion: true, PolicyDocument: document },
        { VersionId: 'v2', IsDefaultVersion: false, PolicyDocument: otherDocument },
        { VersionId: 'v3', IsDefaultVersion: false, PolicyDocument: otherDocument },
      ],
    })
  })

  test('a policy of the system has the one it came with', async () => {
    const asked = { PolicyType: 'System', PolicyName: 'ReadOnlyAccess' }
    expect(await world().call(operation, asked)).toMatchObject({ PolicyVersions: [{ VersionId: 'v1' }] })
  })

  test('EntityNotExist.Policy', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    expect(await world().refused(operation, { ...given, PolicyType: 'System' })).toBe('EntityNotExist.Policy')
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, 'PolicyName')
})
