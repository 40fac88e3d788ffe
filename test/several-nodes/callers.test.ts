// Two servers on one PostgreSQL database: a caller is known, bounded and ended whichever of them is asked.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresBin } from '../postgres/server.ts'
import { type Key, type Node, type Nodes, openNodes, own, type Params, ram, sts } from './site.ts'

describe.skipIf(postgresBin === undefined)('callers of two nodes (enable with: apt-get install -y postgresql)', () => {
  let site: Nodes
  let one: Node
  let other: Node
  let users = 0

  beforeAll(async () => {
    site = await openNodes(postgresBin ?? '')
    ;[one, other] = site.nodes
  })
  afterAll(() => site?.close())

  /** What comes of a call: `done`, or the code it is refused with. */
  async function outcome(node: Node, key: Key, action: string, params?: Params, version?: string): Promise<string> {
    const { status, body } = await node.call(key, action, params, version)
    return status === 200 ? 'done' : String(body['Code'])
  }
  const asOwner = async (node: Node, action: string, params: Params, version = ram) => {
    const { status, body } = await node.call(site.key, action, params, version)
    if (status !== 200) throw new Error(`${action} was refused: ${JSON.stringify(body)}`)
    // biome-ignore lint/suspicious/noExplicitAny: what answers hold is what the tests are about.
    return body as any
  }
  const keyOf = (found: Readonly<Record<string, string>>): Key => ({
    accessKeyId: found['AccessKeyId'] ?? '',
    accessKeySecret: found['AccessKeySecret'] ?? '',
    ...(found['SecurityToken'] === undefined ? {} : { securityToken: found['SecurityToken'] }),
  })

  async function newUser(): Promise<{ readonly UserName: string; readonly key: Key }> {
    const UserName = `user-${++users}`
    await asOwner(one, 'CreateUser', { UserName })
    const { AccessKey } = await asOwner(one, 'CreateAccessKey', { UserName })
    return { UserName, key: keyOf(AccessKey) }
  }
  const reading = { PolicyType: 'System', PolicyName: 'AliyunSmartAccessGatewayReadOnlyAccess' }

  test('the first start makes the account, the second finds it', () => {
    expect(site.nodes.map(({ isFirst }) => isFirst)).toEqual([true, false])
  })

  test('a request that one node has answered is refused by the other one, at once and later', async () => {
    const body = site.sign(site.key, 'DescribeRegions')
    const answers = await Promise.all([one.send(body), other.send(body), one.send(body), other.send(body)])
    answers.push(await one.send(body), await other.send(body))
    expect(answers.map(({ status, body }) => (status === 200 ? 'done' : body['Code'])).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'SignatureNonceUsed'),
      'done',
    ])
  })

  test('a policy that is attached or detached at one node counts for the next call at the other one', async () => {
    const { UserName, key } = await newUser()
    const list = () => outcome(other, key, 'DescribeSmartAccessGateways')
    // Many times, so that nothing that a node remembers of the user can be young enough by chance.
    for (let round = 0; round < 3; round++) {
      expect(await list()).toBe('Forbidden')
      await asOwner(one, 'AttachPolicyToUser', { ...reading, UserName })
      expect(await list()).toBe('done')
      await asOwner(one, 'DetachPolicyFromUser', { ...reading, UserName })
    }
    expect(await list()).toBe('Forbidden')
  })

  test('a key that is made, deactivated or deleted at one node is so at the other one', async () => {
    const { UserName, key } = await newUser()
    await asOwner(one, 'AttachPolicyToUser', { ...reading, UserName })
    const list = () => outcome(other, key, 'DescribeSmartAccessGateways')
    const update = (Status: string) =>
      asOwner(one, 'UpdateAccessKey', { UserName, UserAccessKeyId: key.accessKeyId, Status })
    expect(await list()).toBe('done')
    await update('Inactive')
    expect(await list()).toBe('InvalidAccessKeyId.Inactive')
    await update('Active')
    expect(await list()).toBe('done')
    await asOwner(one, 'DeleteAccessKey', { UserName, UserAccessKeyId: key.accessKeyId })
    expect(await list()).toBe('InvalidAccessKeyId.NotFound')
  })

  test('who logs on to the console at one node is known at the other one, and ends there for both', async () => {
    const UserName = `user-${++users}`
    const Password = 'Right-Password-1'
    await asOwner(one, 'CreateUser', { UserName })
    await asOwner(one, 'CreateLoginProfile', { UserName, Password, PasswordResetRequired: 'false' })
    await asOwner(one, 'AttachPolicyToUser', { ...reading, UserName })
    const logOn = async (node: Node): Promise<Key> => {
      const { body } = await node.post('/console/logon', { user: `${UserName}@${site.accountId}`, password: Password })
      return keyOf(body['Credentials'] as Readonly<Record<string, string>>)
    }
    const list = (node: Node, key: Key) => outcome(node, key, 'DescribeSmartAccessGateways')
    const key = await logOn(one)
    expect(await list(other, key)).toBe('done')
    expect(await outcome(other, key, 'EndConsoleSession', {}, own)).toBe('done')
    expect([await list(one, key), await list(other, key)]).toEqual([
      'InvalidAccessKeyId.NotFound',
      'InvalidAccessKeyId.NotFound',
    ])

    const next = await logOn(other)
    expect(await list(one, next)).toBe('done')
    await asOwner(other, 'UpdateLoginProfile', { UserName, Password: 'Other-Password-2' })
    expect([await list(one, next), await list(other, next)]).toEqual([
      'InvalidAccessKeyId.NotFound',
      'InvalidAccessKeyId.NotFound',
    ])
  })

  test('the session of a role begun at one node is known at the other one, and ends with its role', async () => {
    const RoleName = 'reader'
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '1',
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${site.accountId}:root`] } },
      ],
    })
    const { Role } = await asOwner(one, 'CreateRole', { RoleName, AssumeRolePolicyDocument })
    await asOwner(one, 'AttachPolicyToRole', { ...reading, RoleName })
    const { UserName, key } = await newUser()
    const assuming = { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess' }
    await asOwner(other, 'AttachPolicyToUser', { ...assuming, UserName })
    const { body } = await one.call(key, 'AssumeRole', { RoleArn: Role.Arn, RoleSessionName: 'session' }, sts)
    const session = keyOf(body['Credentials'] as Readonly<Record<string, string>>)
    const list = (node: Node) => outcome(node, session, 'DescribeSmartAccessGateways')
    expect([await list(other), await list(one)]).toEqual(['done', 'done'])
    await asOwner(other, 'DetachPolicyFromRole', { ...reading, RoleName })
    expect([await list(one), await list(other)]).toEqual(['Forbidden', 'Forbidden'])
    await asOwner(other, 'DeleteRole', { RoleName })
    expect([await list(one), await list(other)]).toEqual(['InvalidAccessKeyId.NotFound', 'InvalidAccessKeyId.NotFound'])
  })
})
