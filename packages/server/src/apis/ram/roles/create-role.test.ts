import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { addRole, began, document, fill, look, testLength, testNames, trust } from '../testing.suite.ts'
import { createRole as operation } from './create-role.ts'
import { deleteRole } from './delete-role.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'GatewayAdmin', AssumeRolePolicyDocument: trust }

  test('creates a role', async () => {
    const asked = { ...given, Description: '网关管理员', MaxSessionDuration: '7200' }
    const { Role } = await world().call(operation, asked)
    expect(Role).toMatchObject({
      ...asked,
      MaxSessionDuration: 7200,
      Arn: `acs:ram::${accountId}:role/GatewayAdmin`,
      CreateDate: began,
    })
    expect((Role as { RoleId: string }).RoleId).toMatch(/^\d{18}$/)
  })

  test('with tags, which go with the role when it is deleted', async () => {
    const tagsOf = () => look(world(), ({ tags }) => tags.of(accountId, 'role', [given.RoleName]))
    await world().call(operation, { ...given, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
    expect((await tagsOf()).get(given.RoleName)).toEqual([{ key: 'team', value: 'net' }])
    await world().call(deleteRole, { RoleName: given.RoleName })
    await world().call(operation, given)
    expect((await tagsOf()).size).toBe(0)
  })

  test('a session lasts an hour unless another length is given', async () => {
    expect(await world().call(operation, given)).toMatchObject({ Role: { MaxSessionDuration: 3600 } })
  })

  test('EntityAlreadyExists.Role: in this account, not in another', async () => {
    await addRole(world(), 'GatewayAdmin', { accountId: otherAccountId })
    await world().call(operation, given)
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.Role')
  })

  test('MalformedPolicyDocument: a policy that is no trust policy, with the place', async () => {
    const asked = { ...given, AssumeRolePolicyDocument: document }
    await expect(world().call(operation, asked)).rejects.toThrow(/ Line 1, column \d+: /)
    expect(await world().refused(operation, asked)).toBe('MalformedPolicyDocument')
  })

  test('LimitExceeded.Role', async () => {
    await fill(world(), 'ram_role', limits.roles)
    expect(await world().refused(operation, given)).toBe('LimitExceeded.Role')
  })

  testNames(operation, world, given, 'RoleName')
  testLength(operation, world, given, 'Description', 1024)

  test.each([
    ['InvalidParameter.AssumeRolePolicyDocument.Length', { AssumeRolePolicyDocument: trust.padEnd(6145) }],
    ['InvalidMaxSessionDuration', { MaxSessionDuration: '3599' }],
    ['InvalidMaxSessionDuration', { MaxSessionDuration: '43201' }],
    ['InvalidParameter.Tag.Format', { 'Tag.1.Key': 'aliyun' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
  })
})
