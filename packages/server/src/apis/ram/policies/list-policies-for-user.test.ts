import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addUser, attach, began, testNames, toUser } from '../testing.suite.ts'
import { listPoliciesForUser as operation } from './list-policies-for-user.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('lists the policies by name, with when they were attached', async () => {
    const user = await addUser(world())
    await addPolicy(world())
    await attach(world(), toUser(user), 'ReadOnlyAccess', 'System')
    await attach(world(), toUser(user))
    await attach(world(), toUser(await addUser(world(), 'another')), 'AdministratorAccess', 'System')
    expect(await world().call(operation, given)).toMatchObject({
      Policies: [
        { PolicyName: 'Gateway-Operator', PolicyType: 'Custom', DefaultVersion: 'v1', AttachDate: began },
        { PolicyName: 'ReadOnlyAccess', PolicyType: 'System', DefaultVersion: 'v1', AttachDate: began },
      ],
    })
  })

  test('an attached policy that is not there is a defect', async () => {
    await attach(world(), toUser(await addUser(world())), 'gone')
    await expect(world().call(operation, given)).rejects.toThrow('attached but not there')
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
