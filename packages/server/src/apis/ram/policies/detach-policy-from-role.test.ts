import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { testDetaching } from '../attachments.suite.ts'
import { addLinkedRole } from '../testing.suite.ts'
import { detachPolicyFromRole as operation } from './detach-policy-from-role.ts'

testOperation(operation, (world) => {
  testDetaching(operation, world, 'Role')

  test('NotSupport.ServiceLinkedRole: the role of a service', async () => {
    const linked = await addLinkedRole(world())
    expect(
      await world().refused(operation, {
        ...linked,
        PolicyType: 'System',
        PolicyName: 'AliyunServiceRolePolicyForSmartag',
      }),
    ).toBe('NotSupport.ServiceLinkedRole')
  })
})
