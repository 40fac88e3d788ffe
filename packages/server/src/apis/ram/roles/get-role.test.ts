import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addLinkedRole, addRole, began, testNames, trust } from '../testing.suite.ts'
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
        IsServiceLinkedRole: false,
        MaxSessionDuration: 3600,
        CreateDate: began,
        UpdateDate: began,
      },
    })
  })

  test('says of the role of a service that it is one', async () => {
    const linked = await addLinkedRole(world())
    expect(await world().call(operation, linked)).toMatchObject({ Role: { ...linked, IsServiceLinkedRole: true } })
  })

  test('EntityNotExist.Role: nowhere, or in another account', async () => {
    await addRole(world(), 'GatewayAdmin', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
  })

  testNames(operation, world, given, 'RoleName')
})
