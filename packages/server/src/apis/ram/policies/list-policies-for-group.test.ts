import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addGroup, addPolicy, attach, began, testNames, toGroup } from '../testing.suite.ts'
import { listPoliciesForGroup as operation } from './list-policies-for-group.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team' }

  test('lists the policies by name, with when they were attached', async () => {
    const group = await addGroup(world())
    await addPolicy(world())
    await attach(world(), toGroup(group), 'ReadOnlyAccess', 'System')
    await attach(world(), toGroup(group))
    await attach(world(), toGroup(await addGroup(world(), 'another')), 'AdministratorAccess', 'System')
    expect(await world().call(operation, given)).toMatchObject({
      Policies: [
        { PolicyName: 'Gateway-Operator', PolicyType: 'Custom', DefaultVersion: 'v1', AttachDate: began },
        { PolicyName: 'ReadOnlyAccess', PolicyType: 'System', DefaultVersion: 'v1', AttachDate: began },
      ],
    })
  })

  test('an attached policy that is not there is a defect', async () => {
    await attach(world(), toGroup(await addGroup(world())), 'gone')
    await expect(world().call(operation, given)).rejects.toThrow('attached but not there')
  })

  test('EntityNotExist.Group', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
  })

  testNames(operation, world, given, 'GroupName')
})
