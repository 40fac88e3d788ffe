import { expect, test } from 'vitest'
import { systemPolicies } from '../../../model/system-policies.ts'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addUser, addVersions, attach, began, document, testNames, toUser } from '../testing.suite.ts'
import { getPolicy as operation } from './get-policy.ts'

testOperation(operation, (world) => {
  const given = { PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('shows the policy and the version in force', async () => {
    const policy = await addPolicy(world(), 'Gateway-Operator', { examples: '[]' })
    await addVersions(world(), policy, 1)
    await attach(world(), toUser(await addUser(world())))
    expect(await world().call(operation, given)).toEqual({
      Policy: {
        ...given,
        DefaultVersion: 'v1',
        PolicyDocument: document,
        AttachmentCount: 1,
        CreateDate: began,
        UpdateDate: began,
        Examples: '[]',
      },
      DefaultPolicyVersion: { VersionId: 'v1', IsDefaultVersion: true, PolicyDocument: document, CreateDate: began },
    })
  })

  test('shows a policy of the system', async () => {
    const asked = { PolicyType: 'System', PolicyName: 'AdministratorAccess' }
    expect(await world().call(operation, asked)).toMatchObject({
      Policy: { ...asked, AttachmentCount: 0 },
      DefaultPolicyVersion: {
        VersionId: 'v1',
        PolicyDocument: systemPolicies.get('AdministratorAccess')?.document,
      },
    })
  })

  test('EntityNotExist.Policy: nowhere, in another account, or of the other type', async () => {
    await addPolicy(world(), 'Gateway-Operator', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    await addPolicy(world())
    expect(await world().refused(operation, { ...given, PolicyType: 'System' })).toBe('EntityNotExist.Policy')
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, 'PolicyName')
})
