import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addRole, attach, began, testNames, toRole } from '../testing.suite.ts'
import { listPoliciesForRole as operation } from './list-policies-for-role.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'GatewayAdmin' }

  test('lists the policies by name, with when they were attached', async () => {
    const role = await addRole(world())
    await addPolicy(world())
    await attach(world(), toRole(role), 'ReadOnlyAccess', 'System')
    await attach(world(), toRole(role))
    await attach(world(), toRole(await addRole(world(), 'another')), 'AdministratorAccess', 'System')
    expect(await world().call(operation, given)).toMatchObject({
      Policies: [
        { PolicyName: 'Gateway-Operator', PolicyType: 'Custom', DefaultVersion: 'v1', AttachDate: began },
        { PolicyName: 'ReadOnlyAccess', PolicyType: 'System', DefaultVersion: 'v1', AttachDate: began },
      ],
    })
  })

  test('an attached policy that is not there is a defect', async () => {
    await attach(world(), toRole(await addRole(world())), 'gone')
    await expect(world().call(operation, given)).rejects.toThrow('attached but not there')
  })

  test('EntityNotExist.Role', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
  })

  testNames(operation, world, given, 'RoleName')
})
