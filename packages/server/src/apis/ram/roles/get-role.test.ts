import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addRole, began, testNames, trust } from '../testing.suite.ts'
import { getRole as operation } from './get-role.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'GatewayAdmin' }

  test('shows the role', async () => {
    const { id } = await addRole(world())
    expect(await world().call(operation, given)).toEqual({
      Role: {
        RoleId: id,
        RoleName: 'GatewayAdmin',
        Arn: `acs:ram::${accountId}:role/GatewayAdmin`,
        AssumeRolePolicyDocument: trust,
        MaxSessionDuration: 3600,
        CreateDate: began,
        UpdateDate: began,
      },
    })
  })

  test('EntityNotExist.Role: nowhere, or in another account', async () => {
    await addRole(world(), 'GatewayAdmin', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
  })

  testNames(operation, world, given, 'RoleName')
})
