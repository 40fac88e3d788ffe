import { expect, test } from 'vitest'
import { accountId, testOperation } from '../testing/harness.suite.ts'
import { getCallerIdentity as operation } from './get-caller-identity.ts'

testOperation(operation, (world) => {
  test('the account is told that it is the account', async () => {
    expect(await world().call(operation)).toEqual({
      IdentityType: 'Account',
      AccountId: accountId,
      UserId: accountId,
      PrincipalId: accountId,
      Arn: `acs:ram::${accountId}:root`,
    })
  })

  test('a user is told the name and the id', async () => {
    const accessKeyId = 'LTAI5tExampleOfAUser0001'
    world().caller = { kind: 'RAMUser', accountId, accessKeyId, userId: '216959339000', userName: 'alice' }
    expect(await world().call(operation)).toEqual({
      IdentityType: 'RAMUser',
      AccountId: accountId,
      UserId: '216959339000',
      PrincipalId: '216959339000',
      Arn: `acs:ram::${accountId}:user/alice`,
    })
  })

  test('a role session is told the role and the session', async () => {
    const role = { roleId: '33537620082992', roleName: 'night-shift', sessionName: 'bob' }
    world().caller = { kind: 'AssumedRole', accountId, accessKeyId: 'STS.NUgYrLnoC37mZZCNn', ...role }
    expect(await world().call(operation)).toEqual({
      IdentityType: 'AssumedRoleUser',
      AccountId: accountId,
      RoleId: '33537620082992',
      PrincipalId: '33537620082992:bob',
      Arn: `acs:sts::${accountId}:assumed-role/night-shift/bob`,
    })
  })
})
