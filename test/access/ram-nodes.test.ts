// Two nodes over one PostgreSQL database: what holds for callers of one node holds for those of two.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../packages/server/src/apis/operation.ts'
import { createAccessKey } from '../../packages/server/src/apis/ram/access-keys/create-access-key.ts'
import { setAccountAlias } from '../../packages/server/src/apis/ram/account-alias/set-account-alias.ts'
import { addUserToGroup } from '../../packages/server/src/apis/ram/groups/add-user-to-group.ts'
import { createGroup } from '../../packages/server/src/apis/ram/groups/create-group.ts'
import { attachPolicyToUser } from '../../packages/server/src/apis/ram/policies/attach-policy-to-user.ts'
import { createPolicy } from '../../packages/server/src/apis/ram/policies/create-policy.ts'
import { createPolicyVersion } from '../../packages/server/src/apis/ram/policies/create-policy-version.ts'
import { deletePolicy } from '../../packages/server/src/apis/ram/policies/delete-policy.ts'
import { listPoliciesForRole } from '../../packages/server/src/apis/ram/policies/list-policies-for-role.ts'
import { createServiceLinkedRole } from '../../packages/server/src/apis/ram/roles/create-service-linked-role.ts'
import { deleteServiceLinkedRole } from '../../packages/server/src/apis/ram/roles/delete-service-linked-role.ts'
import { document } from '../../packages/server/src/apis/ram/testing.suite.ts'
import { createUser } from '../../packages/server/src/apis/ram/users/create-user.ts'
import { deleteUser } from '../../packages/server/src/apis/ram/users/delete-user.ts'
import { type Harness, openHarnessOn } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import { Refusal } from '../../packages/server/src/declare/index.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'

describe.skipIf(postgresBin === undefined)('RAM on two nodes (enable with: apt-get install -y postgresql)', () => {
  let server: PostgresServer
  let nodes: readonly Harness[]

  beforeAll(async () => {
    server = await startPostgres(postgresBin ?? '')
    const { url } = await server.newDatabase()
    const open = () => openHarnessOn(() => openPostgresStore({ connectionString: url }))
    nodes = [await open(), await open()]
  })
  afterAll(async () => {
    for (const node of nodes ?? []) await node.close()
    await server?.stop()
  })

  type Call = readonly [operation: Operation, params: Readonly<Record<string, string>>]

  /** What becomes of calls that are made at once, one after the other at each of the nodes; sorted. */
  async function outcomes(calls: readonly Call[]): Promise<readonly string[]> {
    const made = calls.map(async ([operation, params], index) => {
      try {
        await nodes[index % nodes.length]?.call(operation, params)
        return 'done'
      } catch (error) {
        if (error instanceof Refusal) return error.code
        throw error
      }
    })
    return (await Promise.all(made)).sort()
  }
  const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index))

  test('one user of a name is made', async () => {
    expect(await outcomes(times(6, () => [createUser, { UserName: 'racer' }]))).toEqual([
      ...times(5, () => 'EntityAlreadyExists.User'),
      'done',
    ])
  })

  test('a user has no more keys than it may', async () => {
    expect(await outcomes(times(6, () => [createAccessKey, { UserName: 'racer' }]))).toEqual([
      ...times(4, () => 'LimitExceeded.User.AccessKey'),
      'done',
      'done',
    ])
  })

  test('a policy has no more versions than it may', async () => {
    const given = { PolicyName: 'raced', PolicyDocument: document }
    await outcomes([[createPolicy, given]])
    expect(await outcomes(times(8, () => [createPolicyVersion, { ...given, SetAsDefault: 'true' }]))).toEqual([
      ...times(4, () => 'LimitExceeded.Policy.Version'),
      ...times(4, () => 'done'),
    ])
  })

  test('a user is in no more groups than it may', async () => {
    for (const index of times(12, (at) => at)) await outcomes([[createGroup, { GroupName: `race-${index}` }]])
    expect(
      await outcomes(times(12, (index) => [addUserToGroup, { UserName: 'racer', GroupName: `race-${index}` }])),
    ).toEqual([...times(2, () => 'LimitExceeded.User.Group'), ...times(10, () => 'done')])
  })

  test('a policy is attached or deleted, and so is a user, never both', async () => {
    for (const index of times(6, (at) => at)) {
      const UserName = `doomed-${index}`
      const PolicyName = `doomed-${index}`
      await outcomes([
        [createUser, { UserName }],
        [createPolicy, { PolicyName, PolicyDocument: document }],
      ])
      const attach: Call = [attachPolicyToUser, { UserName, PolicyType: 'Custom', PolicyName }]
      const found = await outcomes([
        attach,
        index % 2 === 0 ? [deleteUser, { UserName }] : [deletePolicy, { PolicyName }],
      ])
      expect(found[0]).toMatch(/^(DeleteConflict\.(User\.Policy|Policy\.User)|EntityNotExist\.(User|Policy))$/)
      expect(found[1]).toBe('done')
    }
  })

  test('the role of a service is made once, with its policy, and deleted once', async () => {
    const create: Call = [createServiceLinkedRole, { ServiceName: 'smartag.aliyuncs.com' }]
    const remove: Call = [deleteServiceLinkedRole, { RoleName: 'AliyunServiceRoleForSmartag' }]
    const show: Call = [listPoliciesForRole, { RoleName: 'AliyunServiceRoleForSmartag' }]
    for (const _round of times(3, (at) => at)) {
      expect(await outcomes(times(4, () => create))).toEqual([...times(3, () => 'EntityAlreadyExists.Role'), 'done'])
      expect(await nodes[1]?.call(...show)).toMatchObject({
        Policies: [{ PolicyName: 'AliyunServiceRolePolicyForSmartag' }],
      })
      expect(await outcomes(times(4, () => remove))).toEqual([...times(3, () => 'EntityNotExist.Role'), 'done'])
    }
  })

  test('an alias is one account’s', async () => {
    const [first, second] = nodes
    if (first === undefined || second === undefined) throw new Error('There are two nodes.')
    second.caller = { kind: 'Account', accountId: '1210123456654321', accessKeyId: 'k' }
    expect(await outcomes(times(2, () => [setAccountAlias, { AccountAlias: 'raced' }]))).toEqual([
      'EntityAlreadyExists.AccountAlias',
      'done',
    ])
  })
})
