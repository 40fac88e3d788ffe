import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { attachPolicyToRole } from '../policies/attach-policy-to-role.ts'
import { detachPolicyFromRole } from '../policies/detach-policy-from-role.ts'
import { addRole, fill, look, trust } from '../testing.suite.ts'
import { createRole } from './create-role.ts'
import { createServiceLinkedRole as operation } from './create-service-linked-role.ts'
import { deleteRole } from './delete-role.ts'
import { updateRole } from './update-role.ts'

testOperation(operation, (world) => {
  const given = { ServiceName: 'smartag.aliyuncs.com' }
  const RoleName = 'AliyunServiceRoleForSmartag'
  const policy = { PolicyType: 'System', PolicyName: 'AliyunServiceRolePolicyForSmartag' }

  async function attached(): Promise<unknown> {
    return look(world(), async ({ roles, attachments }) => {
      const role = await roles.role(accountId, RoleName)
      return role && (await attachments.to({ kind: 'role', id: role.id })).map((one) => one.policy)
    })
  }

  test('creates the role that the service fixes, with its policy', async () => {
    const { Role } = await world().call(operation, given)
    expect(Role).toMatchObject({
      RoleName,
      Arn: `acs:ram::${accountId}:role/${RoleName}`,
      IsServiceLinkedRole: true,
      Description: expect.stringMatching(/^Service Linked Role for Smart Access Gateway\./),
      AssumeRolePolicyDocument:
        '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["smartag.aliyuncs.com"]}}],"Version":"1"}',
    })
    expect(await attached()).toEqual([{ type: 'System', name: policy.PolicyName }])
  })

  test.each([
    ['DeleteRole', deleteRole, { RoleName }],
    ['UpdateRole', updateRole, { RoleName, NewAssumeRolePolicyDocument: trust }],
    ['AttachPolicyToRole', attachPolicyToRole, { RoleName, PolicyType: 'System', PolicyName: 'AdministratorAccess' }],
    ['DetachPolicyFromRole', detachPolicyFromRole, { RoleName, ...policy }],
  ])('%s on the role is refused with NotSupport.ServiceLinkedRole, and changes nothing', async (_, other, asked) => {
    await world().call(operation, given)
    const before = await look(world(), ({ roles }) => roles.role(accountId, RoleName))
    expect(await world().refused(other, asked)).toBe('NotSupport.ServiceLinkedRole')
    expect(await look(world(), ({ roles }) => roles.role(accountId, RoleName))).toEqual(before)
    expect(await attached()).toEqual([{ type: 'System', name: policy.PolicyName }])
  })

  test('EntityAlreadyExists.Role: also by a role of the account of that name, which stays as it is', async () => {
    await addRole(world(), RoleName)
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.Role')
    expect(await world().call(deleteRole, { RoleName })).toEqual({})
    await world().call(operation, given)
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.Role')
  })

  test('an account with as many roles as it may have can create it, and no other role after it', async () => {
    await fill(world(), 'ram_role', limits.roles)
    await world().call(operation, given)
    const other = { RoleName: 'GatewayAdmin', AssumeRolePolicyDocument: trust }
    expect(await world().refused(createRole, other)).toBe('LimitExceeded.Role')
  })

  test('of two that come at once one creates it', async () => {
    const both = await Promise.allSettled([world().call(operation, given), world().call(operation, given)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'EntityAlreadyExists.Role' },
    })
    expect(await attached()).toEqual([{ type: 'System', name: policy.PolicyName }])
  })

  test('each account has one of its own', async () => {
    await world().call(operation, given)
    world().caller = { kind: 'Account', accountId: otherAccountId, accessKeyId: 'k' }
    await world().call(operation, given)
    expect(await look(world(), ({ roles }) => roles.role(otherAccountId, RoleName))).toMatchObject({
      serviceName: given.ServiceName,
    })
  })

  test('a policy is asked about the service that the request names, whichever it is', () => {
    const serviceOf = (asked: object) =>
      operation.access.conditions?.['ram:ServiceName']?.(new Map(Object.entries(asked)))
    expect(serviceOf({ ServiceName: 'ecs.aliyuncs.com' })).toBe('ecs.aliyuncs.com')
    expect(serviceOf({})).toBeUndefined()
  })

  test.each([
    ['EntityNotExist.Service', { ServiceName: 'ecs.aliyuncs.com' }],
    ['EntityNotExist.Service', { ServiceName: 'ecs.aliyuncs.com', CustomSuffix: 'Example' }],
    ['EntityNotExist.Service', { ServiceName: 'SmartAG.aliyuncs.com' }],
    ['InvalidParameter.CustomSuffix.NotAllowed', { CustomSuffix: 'Example', Description: 'another one' }],
    ['InvalidParameter.Description.NotAllowed', { Description: 'another one' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
    expect(await attached()).toBeUndefined()
  })
})
