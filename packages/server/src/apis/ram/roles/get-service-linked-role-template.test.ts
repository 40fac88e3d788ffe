import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { createServiceLinkedRole } from './create-service-linked-role.ts'
import { getServiceLinkedRoleTemplate as operation } from './get-service-linked-role-template.ts'

testOperation(operation, (world) => {
  const given = { ServiceName: 'smartag.aliyuncs.com' }

  test('shows the name, policy and description that the role of the service gets', async () => {
    const { Role } = await world().call(createServiceLinkedRole, given)
    const { RoleName, Description } = Role as { RoleName: string; Description: string }
    expect(await world().call(operation, given)).toEqual({
      ServiceLinkedRoleTemplate: {
        ServiceName: 'smartag.aliyuncs.com',
        RoleNamePrefix: RoleName,
        SystemPolicyName: 'AliyunServiceRolePolicyForSmartag',
        MultipleRolesAllowed: false,
        RoleDescriptions: [{ Language: 'en', Description }],
      },
    })
  })

  test('EntityNotExist.Service', async () => {
    expect(await world().refused(operation, { ServiceName: 'ecs.aliyuncs.com' })).toBe('EntityNotExist.Service')
  })
})
