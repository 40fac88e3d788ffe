// What attaching and detaching a policy means, whatever it is attached to: users, groups and roles have it alike.
import { expect, test } from 'vitest'
import { systemPolicies } from '../../model/system-policies.ts'
import type { Operation } from '../operation.ts'
import type { Harness } from '../testing/harness-on.suite.ts'
import { accountId, otherAccountId } from '../testing/names.suite.ts'
import { limits } from './limits.ts'
import {
  addGroup,
  addPolicy,
  addRole,
  addUser,
  attach,
  look,
  type Placed,
  testNames,
  toGroup,
  toRole,
  toUser,
} from './testing.suite.ts'

type World = () => Harness

/** Who a policy can be attached to. */
const bearers = {
  User: {
    param: 'UserName',
    name: 'alice',
    add: async (world: Harness, name?: string, placed?: Placed) => toUser(await addUser(world, name, placed)),
  },
  Group: {
    param: 'GroupName',
    name: 'Dev-Team',
    add: async (world: Harness, name?: string, placed?: Placed) => toGroup(await addGroup(world, name, placed)),
  },
  Role: {
    param: 'RoleName',
    name: 'GatewayAdmin',
    add: async (world: Harness, name?: string, placed?: Placed) => toRole(await addRole(world, name, placed)),
  },
} as const

function request(kind: keyof typeof bearers) {
  const { param, name } = bearers[kind]
  return { [param]: name, PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }
}

export function testAttaching(operation: Operation, world: World, kind: keyof typeof bearers): void {
  const { add, name, param } = bearers[kind]
  const given = request(kind)

  test('attaches a policy, once; one of the system of the same name is another', async () => {
    const bearer = await add(world())
    await addPolicy(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    expect(await world().call(operation, given)).toEqual({})
    expect(await world().refused(operation, given)).toBe(`EntityAlreadyExists.${kind}.Policy`)
    for (const PolicyType of ['System', 'Custom']) {
      await world().call(operation, { ...given, PolicyType, PolicyName: 'ReadOnlyAccess' })
    }
    const attached = await look(world(), ({ attachments }) => attachments.to(bearer))
    expect(attached.map(({ policy }) => `${policy.type} ${policy.name}`)).toEqual([
      'Custom Gateway-Operator',
      'Custom ReadOnlyAccess',
      'System ReadOnlyAccess',
    ])
  })

  test(`LimitExceeded.${kind}.Policy: counted for each type on its own`, async () => {
    const bearer = await add(world())
    await addPolicy(world())
    for (let index = 0; index < limits.attached.Custom; index += 1) {
      await addPolicy(world(), `p${index}`)
      await attach(world(), bearer, `p${index}`)
    }
    expect(await world().refused(operation, given)).toBe(`LimitExceeded.${kind}.Policy`)
    const [system = ''] = systemPolicies.keys()
    expect(await world().call(operation, { ...given, PolicyType: 'System', PolicyName: system })).toEqual({})
  })

  test('EntityNotExist: who it is attached to, then the policy, of this account', async () => {
    await add(world(), name, { accountId: otherAccountId })
    await addPolicy(world(), 'Gateway-Operator', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe(`EntityNotExist.${kind}`)
    await add(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
  })

  test('EntityNotExists.ResourceGroup: there is no scope but the account', async () => {
    await add(world())
    await addPolicy(world())
    expect(await world().refused(operation, { ...given, ResourceGroupId: 'rg-1' })).toBe(
      'EntityNotExists.ResourceGroup',
    )
    expect(await world().call(operation, { ...given, ResourceGroupId: accountId })).toEqual({})
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, param, 'PolicyName')
}

export function testDetaching(operation: Operation, world: World, kind: keyof typeof bearers): void {
  const { add, param } = bearers[kind]
  const given = request(kind)

  test('detaches the policy, and no other of its name', async () => {
    const bearer = await add(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    await attach(world(), bearer, 'ReadOnlyAccess')
    await attach(world(), bearer, 'ReadOnlyAccess', 'System')
    expect(await world().call(operation, { ...given, PolicyName: 'ReadOnlyAccess' })).toEqual({})
    expect(await look(world(), ({ attachments }) => attachments.to(bearer))).toMatchObject([
      { policy: { type: 'System', name: 'ReadOnlyAccess' } },
    ])
  })

  test('EntityNotExist: who it is attached to, policy, attachment', async () => {
    expect(await world().refused(operation, given)).toBe(`EntityNotExist.${kind}`)
    const bearer = await add(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    await addPolicy(world())
    await attach(world(), await add(world(), 'another'))
    expect(await world().refused(operation, given)).toBe(`EntityNotExist.${kind}.Policy`)
    await attach(world(), bearer)
    expect(await world().call(operation, given)).toEqual({})
  })

  test('EntityNotExists.ResourceGroup: there is no scope but the account', async () => {
    expect(await world().refused(operation, { ...given, ResourceGroupId: 'rg-1' })).toBe(
      'EntityNotExists.ResourceGroup',
    )
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, param, 'PolicyName')
}
