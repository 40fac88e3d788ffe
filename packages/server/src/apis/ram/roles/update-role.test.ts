import { expect, test } from 'vitest'
import { day, testOperation } from '../../testing/harness.suite.ts'
import { addLinkedRole, addRole, document, testNames, trust } from '../testing.suite.ts'
import { updateRole as operation } from './update-role.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'GatewayAdmin' }
  const onlyAlice = trust.replace(':root', ':user/alice')

  test('changes what is given and keeps the rest', async () => {
    await addRole(world())
    world().now += day
    await world().call(operation, { ...given, NewDescription: '管理员', NewMaxSessionDuration: '43200' })
    expect(await world().call(operation, { ...given, NewAssumeRolePolicyDocument: onlyAlice })).toMatchObject({
      Role: {
        Description: '管理员',
        MaxSessionDuration: 43200,
        AssumeRolePolicyDocument: onlyAlice,
        UpdateDate: '2024-02-01T12:00:00Z',
      },
    })
  })

  test('clears a description that is sent empty', async () => {
    await addRole(world())
    await world().call(operation, { ...given, NewDescription: 'x' })
    const { Role } = await world().call(operation, { ...given, NewDescription: '' })
    expect((Role as Record<string, unknown>)['Description']).toBeUndefined()
  })

  test('MalformedPolicyDocument: and the role is as it was', async () => {
    await addRole(world())
    const asked = { ...given, NewDescription: 'x', NewAssumeRolePolicyDocument: document }
    expect(await world().refused(operation, asked)).toBe('MalformedPolicyDocument')
    const { Role } = await world().call(operation, given)
    expect(Role).toMatchObject({ AssumeRolePolicyDocument: trust })
    expect(Role).not.toHaveProperty('Description', 'x')
  })

  test('EntityNotExist.Role', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
  })

  test('NotSupport.ServiceLinkedRole: the role of a service', async () => {
    const linked = await addLinkedRole(world())
    expect(await world().refused(operation, { ...linked, NewDescription: 'ours' })).toBe('NotSupport.ServiceLinkedRole')
  })

  testNames(operation, world, given, 'RoleName')

  test.each([
    ['InvalidParameter.NewAssumeRolePolicyDocument.Length', { NewAssumeRolePolicyDocument: trust.padEnd(6145) }],
    ['InvalidParameter.NewDescription.Length', { NewDescription: 'x'.repeat(1025) }],
    ['InvalidNewMaxSessionDuration', { NewMaxSessionDuration: '1' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
  })
})
