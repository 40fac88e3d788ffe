import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { testAttaching } from '../attachments.suite.ts'
import { addLinkedRole } from '../testing.suite.ts'
import { attachPolicyToRole as operation } from './attach-policy-to-role.ts'

testOperation(operation, (world) => {
  testAttaching(operation, world, 'Role')

  test('NotSupport.ServiceLinkedRole: the role of a service', async () => {
    const linked = await addLinkedRole(world())
    expect(
      await world().refused(operation, { ...linked, PolicyType: 'System', PolicyName: 'AdministratorAccess' }),
    ).toBe('NotSupport.ServiceLinkedRole')
  })
})
