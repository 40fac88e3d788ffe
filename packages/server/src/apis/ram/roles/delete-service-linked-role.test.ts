import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { tagResources } from '../tags/tag-resources.ts'
import { addRole, look, testNames } from '../testing.suite.ts'
import { createServiceLinkedRole } from './create-service-linked-role.ts'
import { deleteServiceLinkedRole as operation } from './delete-service-linked-role.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'AliyunServiceRoleForSmartag' }
  const service = { ServiceName: 'smartag.aliyuncs.com' }

  test('deletes the role and the attachment of its policy, so that it can be created again', async () => {
    const { Role } = await world().call(createServiceLinkedRole, service)
    const { DeletionTaskId } = await world().call(operation, given)
    expect(DeletionTaskId).toMatch(
      /^task\/acs-service-role\/smartag\.aliyuncs\.com\/AliyunServiceRoleForSmartag\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    )
    const target = { kind: 'role', id: (Role as { RoleId: string }).RoleId } as const
    expect(await look(world(), ({ attachments }) => attachments.to(target))).toEqual([])
    expect(await look(world(), ({ roles }) => roles.role(accountId, given.RoleName))).toBeUndefined()
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
    await world().call(createServiceLinkedRole, service)
  })

  test('takes the tags of the role with it', async () => {
    await world().call(createServiceLinkedRole, service)
    const tagged = { ResourceType: 'role', 'ResourceNames.1': given.RoleName }
    await world().call(tagResources, { ...tagged, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
    await world().call(operation, given)
    await world().call(createServiceLinkedRole, service)
    expect((await look(world(), ({ tags }) => tags.of(accountId, 'role', [given.RoleName]))).size).toBe(0)
  })

  test('of two that come at once one deletes it, and the other finds none', async () => {
    await world().call(createServiceLinkedRole, service)
    const both = await Promise.allSettled([world().call(operation, given), world().call(operation, given)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'EntityNotExist.Role' } })
  })

  test('EntityNotExist.Role: the role of another account stays, with its policy', async () => {
    await world().call(createServiceLinkedRole, service)
    world().caller = { kind: 'Account', accountId: otherAccountId, accessKeyId: 'k' }
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
    const role = await look(world(), ({ roles }) => roles.role(accountId, given.RoleName))
    const attached = await look(world(), ({ attachments }) => attachments.to({ kind: 'role', id: role?.id ?? '' }))
    expect(attached).toMatchObject([{ policy: { type: 'System', name: 'AliyunServiceRolePolicyForSmartag' } }])
  })

  test('EntityNotExist.ServiceLinkedRole: a role of the account itself, whatever its name, stays', async () => {
    await addRole(world(), given.RoleName)
    expect(await world().refused(operation, given)).toBe('EntityNotExist.ServiceLinkedRole')
    expect(await look(world(), ({ roles }) => roles.role(accountId, given.RoleName))).toBeDefined()
  })

  test('a policy is asked about the service by the name of the role', () => {
    const serviceOf = (RoleName: string) =>
      operation.access.conditions?.['ram:ServiceName']?.(new Map(Object.entries({ RoleName })))
    expect(serviceOf(given.RoleName)).toBe(service.ServiceName)
    expect(serviceOf('AliyunServiceRoleForEcs')).toBeUndefined()
    expect(serviceOf('')).toBeUndefined()
  })

  testNames(operation, world, given, 'RoleName')
})
