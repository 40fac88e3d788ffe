import { describe, expect, test } from 'vitest'
import type { Refusal } from '../../declare/index.ts'
import { createRepositories } from '../../store/repositories.ts'
import { accountId, type Harness, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { assumeRole as operation } from './assume-role.ts'

const alice = {
  kind: 'RAMUser',
  accountId,
  accessKeyId: 'LTAI5tAlicesKey000000001',
  userId: '1',
  userName: 'alice',
} as const
const anybodyOf = (account: string) => ({ Principal: { RAM: [`acs:ram::${account}:root`] } })
const given = { RoleArn: `acs:ram::${accountId}:role/night-shift`, RoleSessionName: 'bob' }

interface Role {
  readonly trust?: object
  readonly owner?: string
  readonly maxSessionDuration?: number
}

/** The role `night-shift`, and the user who asks for it, with her key. */
async function prepare({ store }: Harness, { trust = anybodyOf(accountId), owner = accountId, ...role }: Role = {}) {
  await store.write(async (tx) => {
    const { ram } = createRepositories(tx)
    await ram.users.add({ id: alice.userId, accountId, name: alice.userName, createdAt: 0 })
    const key = { id: alice.accessKeyId, account_id: accountId, user_id: alice.userId, secret_sealed: '' }
    await tx
      .insertInto('access_key')
      .values({ ...key, status: 'Active', created_at: 0 })
      .execute()
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }
    await ram.roles.add({
      id: '37',
      accountId: owner,
      name: 'night-shift',
      description: undefined,
      trustPolicy: JSON.stringify({ Version: '1', Statement: [statement] }),
      maxSessionDuration: 7200,
      createdAt: 0,
      ...role,
    })
  })
}

async function prepared(world: Harness, role?: Role): Promise<Harness> {
  await prepare(world, role)
  world.caller = alice
  return world
}

testOperation(operation, (world) => {
  test('begins a session with keys, a token and an end', async () => {
    const answer = await (await prepared(world())).call(operation, given)
    expect(answer).toEqual({
      Credentials: {
        AccessKeyId: expect.stringMatching(/^STS\.[A-Za-z0-9]{26}$/),
        AccessKeySecret: expect.stringMatching(/^[A-Za-z0-9]{44}$/),
        SecurityToken: expect.stringMatching(/^CAIS[A-Za-z0-9+/]{128}$/),
        Expiration: '2024-01-31T13:00:00Z',
      },
      AssumedRoleUser: { Arn: `acs:ram::${accountId}:role/night-shift/bob`, AssumedRoleId: '37:bob' },
    })
  })

  test('the session is the role for whoever has its keys, and neither secret nor token is in the store', async () => {
    const { store } = await prepared(world())
    const { Credentials } = (await world().call(operation, given)) as { Credentials: Record<string, string> }
    const rows = await store.read((db) => db.selectFrom('sts_session').selectAll().execute())
    expect(rows).toMatchObject([
      {
        id: Credentials.AccessKeyId,
        account_id: accountId,
        role_id: '37',
        begun_by: `acs:ram::${accountId}:user/alice`,
      },
    ])
    expect(JSON.stringify(rows)).not.toContain(Credentials.AccessKeySecret)
    expect(JSON.stringify(rows)).not.toContain(Credentials.SecurityToken)
  })

  describe('who is not trusted may not', () => {
    test.each([
      ['when another account is trusted', { trust: anybodyOf(otherAccountId) }],
      ['when another user is trusted', { trust: { Principal: { RAM: [`acs:ram::${accountId}:user/carol`] } } }],
      ['when it is denied', { trust: { ...anybodyOf(accountId), Effect: 'Deny' } }],
      [
        'when it comes from elsewhere',
        { trust: { ...anybodyOf(accountId), Condition: { IpAddress: { 'acs:SourceIp': '198.51.100.0/24' } } } },
      ],
    ])('%s', async (_when, role) => {
      expect(await (await prepared(world(), role)).refused(operation, given)).toBe('NoPermission')
    })
  })

  test('the external id has to be the one that is asked for', async () => {
    const Condition = { StringEquals: { 'sts:ExternalId': 'abcd1234' } }
    await prepared(world(), { trust: { ...anybodyOf(accountId), Condition } })
    expect(await world().refused(operation, given)).toBe('NoPermission')
    expect(await world().refused(operation, { ...given, ExternalId: 'abcd' })).toBe('NoPermission')
    expect(await world().call(operation, { ...given, ExternalId: 'abcd1234' })).toHaveProperty('Credentials')
  })

  test('the account itself may not, whoever is trusted', async () => {
    await prepare(world())
    await expect(world().call(operation, given)).rejects.toMatchObject({
      code: 'NoPermission',
      status: 403,
      message: 'Roles may not be assumed by root accounts.',
    })
  })

  test('a role that is not there is told to its own account only', async () => {
    await prepared(world())
    const nobody = 'role/nobody'
    const inOwn = { ...given, RoleArn: `acs:ram::${accountId}:${nobody}` }
    expect(await world().refused(operation, inOwn)).toBe('EntityNotExist.Role')
    const inAnother = { ...given, RoleArn: `acs:ram::${otherAccountId}:${nobody}` }
    expect(await world().refused(operation, inAnother)).toBe('NoPermission')
  })

  test('who is not trusted is told so, and no more where the role is not there', async () => {
    await prepared(world(), { owner: otherAccountId })
    const detail = async (name: string) => {
      const RoleArn = `acs:ram::${otherAccountId}:role/${name}`
      const refusal = await world()
        .call(operation, { ...given, RoleArn, ExternalId: 'abcd' })
        .catch((error: Refusal) => error.accessDenied)
      // The resource is what the caller asked for.
      expect(refusal).toMatchObject({ AuthResource: RoleArn })
      return { ...refusal, AuthResource: undefined, EncodedDiagnosticMessage: undefined }
    }
    world().caller = { ...alice, accountId: '1210123456000000' }
    expect(await detail('night-shift')).toMatchObject({
      AuthAction: 'sts:AssumeRole',
      PolicyType: 'AssumeRolePolicy',
      NoPermissionType: 'ImplicitDeny',
    })
    expect(await detail('nobody')).toEqual(await detail('night-shift'))
  })

  test('a role of another account is assumed by who is trusted there, and the session belongs to that account', async () => {
    const { store } = await prepared(world(), { owner: otherAccountId })
    await world().call(operation, { ...given, RoleArn: `acs:ram::${otherAccountId}:role/night-shift` })
    const rows = await store.read((db) => db.selectFrom('sts_session').selectAll().execute())
    expect(rows).toMatchObject([{ account_id: otherAccountId, user_id: '1', access_key_id: alice.accessKeyId }])
  })

  describe('the session lasts', () => {
    test('as long as was asked for', async () => {
      const answer = await (await prepared(world())).call(operation, { ...given, DurationSeconds: '900' })
      expect(answer).toMatchObject({ Credentials: { Expiration: '2024-01-31T12:15:00Z' } })
    })

    test.each(['899', '7201', '43201', 'x'])('not %s seconds', async (DurationSeconds) => {
      const refused = await (await prepared(world())).refused(operation, { ...given, DurationSeconds })
      expect(refused).toBe('InvalidParameter.DurationSeconds')
    })
  })

  describe('malformed', () => {
    test.each([
      [{ RoleArn: '' }, 'InvalidParameter.RoleArn'],
      [{ RoleArn: 'acs:ram::1:role/x' }, 'InvalidParameter.RoleArn'],
      [{ RoleArn: `acs:ram::${accountId}:user/x` }, 'InvalidParameter.RoleArn'],
      [{ RoleSessionName: 'b' }, 'InvalidParameter.RoleSessionName'],
      [{ RoleSessionName: 'bob and carol' }, 'InvalidParameter.RoleSessionName'],
      [{ Policy: 'x'.repeat(2049) }, 'InvalidParameter.PolicySize'],
      [{ Policy: '{"Version":"1","Statement":[{"Effect":"Maybe"}]}' }, 'InvalidParameter.PolicyGrammar'],
      [{ ExternalId: 'a b' }, 'InvalidExternalId'],
    ])('%j is %s', async (wrong, code) => {
      expect(await (await prepared(world())).refused(operation, { ...given, ...wrong })).toBe(code)
    })
  })

  test('a session may assume a further role, and that session hangs on the same key', async () => {
    const { store } = await prepared(world())
    const { Credentials } = (await world().call(operation, given)) as { Credentials: { AccessKeyId: string } }
    const role = { roleId: '37', roleName: 'night-shift', sessionName: 'bob' }
    world().caller = { kind: 'AssumedRole', accountId, accessKeyId: Credentials.AccessKeyId, ...role }
    await world().call(operation, { ...given, RoleSessionName: 'carol' })
    const rows = await store.read((db) => db.selectFrom('sts_session').selectAll().orderBy('begun_by').execute())
    expect(rows).toMatchObject([
      { access_key_id: alice.accessKeyId, begun_by: `acs:ram::${accountId}:user/alice` },
      { access_key_id: alice.accessKeyId, begun_by: `acs:sts::${accountId}:assumed-role/night-shift/bob` },
    ])
    world().caller = { kind: 'AssumedRole', accountId, accessKeyId: 'STS.ended', ...role }
    expect(await world().refused(operation, given)).toBe('NoPermission')
  })
})
