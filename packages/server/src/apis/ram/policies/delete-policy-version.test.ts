import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addVersions, look, testNames } from '../testing.suite.ts'
import { deletePolicyVersion as operation } from './delete-policy-version.ts'

testOperation(operation, (world) => {
  const given = { PolicyName: 'Gateway-Operator', VersionId: 'v2' }

  test('deletes a version that is not in force', async () => {
    const policy = await addPolicy(world())
    await addVersions(world(), policy, 1)
    expect(await world().call(operation, given)).toEqual({})
    expect(await look(world(), ({ policies }) => policies.versions(policy))).toHaveLength(1)
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy.Version')
  })

  test('DeleteConflict.Policy.Version.Default', async () => {
    await addPolicy(world())
    expect(await world().refused(operation, { ...given, VersionId: 'v1' })).toBe(
      'DeleteConflict.Policy.Version.Default',
    )
  })

  test('EntityNotExist.Policy', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
  })

  test('InvalidParameter.VersionId.Format', async () => {
    expect(await world().refused(operation, { ...given, VersionId: 'two' })).toBe('InvalidParameter.VersionId.Format')
  })

  testNames(operation, world, given, 'PolicyName')
})
