import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../operations/testing/harness.suite.ts'
import { systemPolicies } from '../../ram/system-policies.ts'
import { attachPolicyToUser as operation } from './attach-policy-to-user.ts'
import { limits } from './limits.ts'
import { addPolicy, addUser, attach, look, testNames, toUser } from './testing.suite.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('attaches a policy, once; one of the system of the same name is another', async () => {
    const user = await addUser(world())
    await addPolicy(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    expect(await world().call(operation, given)).toEqual({})
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.User.Policy')
    for (const PolicyType of ['System', 'Custom']) {
      await world().call(operation, { ...given, PolicyType, PolicyName: 'ReadOnlyAccess' })
    }
    const attached = await look(world(), ({ attachments }) => attachments.to(toUser(user)))
    expect(attached.map(({ policy }) => `${policy.type} ${policy.name}`)).toEqual([
      'Custom Gateway-Operator',
      'Custom ReadOnlyAccess',
      'System ReadOnlyAccess',
    ])
  })

  test('LimitExceeded.User.Policy: counted for each type on its own', async () => {
    const user = await addUser(world())
    await addPolicy(world())
    for (let index = 0; index < limits.attached.Custom; index += 1) {
      await addPolicy(world(), `p${index}`)
      await attach(world(), toUser(user), `p${index}`)
    }
    expect(await world().refused(operation, given)).toBe('LimitExceeded.User.Policy')
    const [system = ''] = systemPolicies.keys()
    expect(await world().call(operation, { ...given, PolicyType: 'System', PolicyName: system })).toEqual({})
  })

  test('EntityNotExist: user, then policy, of this account', async () => {
    await addUser(world(), 'alice', { accountId: otherAccountId })
    await addPolicy(world(), 'Gateway-Operator', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
  })

  test('EntityNotExists.ResourceGroup: there is no scope but the account', async () => {
    await addUser(world())
    await addPolicy(world())
    expect(await world().refused(operation, { ...given, ResourceGroupId: 'rg-1' })).toBe(
      'EntityNotExists.ResourceGroup',
    )
    expect(await world().call(operation, { ...given, ResourceGroupId: accountId })).toEqual({})
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, 'UserName', 'PolicyName')
})
