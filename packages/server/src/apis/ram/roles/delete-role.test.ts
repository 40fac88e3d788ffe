import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { addLinkedRole, addRole, attach, change, look, testNames, toRole } from '../testing.suite.ts'
import { deleteRole as operation } from './delete-role.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'GatewayAdmin' }

  test('deletes a role once it has no policies', async () => {
    const role = await addRole(world())
    await attach(world(), toRole(role), 'ReadOnlyAccess', 'System')
    expect(await world().refused(operation, given)).toBe('DeleteConflict.Role.Policy')
    await change(world(), ({ attachments }) =>
      attachments.detach(accountId, { type: 'System', name: 'ReadOnlyAccess' }, toRole(role)),
    )
    expect(await world().call(operation, given)).toEqual({})
    expect(await look(world(), ({ roles }) => roles.role(accountId, 'GatewayAdmin'))).toBeUndefined()
  })

  test('EntityNotExist.Role', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
  })

  test('NotSupport.ServiceLinkedRole: the role of a service', async () => {
    const linked = await addLinkedRole(world())
    expect(await world().refused(operation, linked)).toBe('NotSupport.ServiceLinkedRole')
  })

  testNames(operation, world, given, 'RoleName')
})
