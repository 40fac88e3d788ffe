// The official clients, unmodified, against a real server: users, role sessions and console sessions, what they may do,
// and that they may not any more the moment it is taken from them, on connections that were open before.
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunningServer } from '../../packages/server/src/server-options.ts'
import { startServer } from '../../packages/server/src/start.ts'
import { bytesOfServer } from '../../packages/server/src/store/testing/contents.suite.ts'
import { storeOf } from '../../packages/server/src/store/testing/database.suite.ts'
import { limit } from '../support/time.ts'

const require = createRequire(import.meta.url)

// biome-ignore lint/suspicious/noExplicitAny: what answers hold is what the tests are about.
type Body = Readonly<Record<string, any>>
type Params = Readonly<Record<string, string>>
interface Key {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
}
interface Caller {
  call(action: string, params?: Params): Promise<Body>
  /** The code it is refused with. */
  refused(action: string, params?: Params): Promise<string>
}

const versions = {
  Smartag: '2018-03-13',
  Ram: '2015-05-01',
  Sts: '2015-04-01',
  Location: '2015-06-12',
  ActionTrail: '2020-07-06',
  OpenSAG: '2026-12-01',
} as const
type Product = keyof typeof versions

const RegionId = 'cn-shanghai'
let data: string
let server: RunningServer
let rootKey: Key
let accountId: string
let mine: string
let other: string

beforeAll(async () => {
  // Server and clients have one clock, which stands still unless a test moves it.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  data = await mkdtemp(join(tmpdir(), 'opensag-sessions-'))
  const logger = pino({ level: 'silent' })
  const settings = { regionId: RegionId, heartbeatMs: 15_000, answerMs: 2000 }
  server = await startServer({ data, ...storeOf(data), host: '127.0.0.1', port: 0, logger, ...settings })
  const first = server.firstCredentials
  if (first === undefined) throw new Error('The first start made no account.')
  accountId = first.accountId
  rootKey = { accessKeyId: first.accessKeyId, accessKeySecret: first.accessKeySecret.reveal() }
  mine = await newInstance()
  other = await newInstance()
})
afterAll(async () => {
  await server?.close()
  await rm(data, { recursive: true, force: true })
  vi.useRealTimers()
})
async function newInstance(): Promise<string> {
  const bought = { ChargeType: 'PREPAY', Period: '1', AutoPay: 'true', UserCount: '5', DataPlan: '5' }
  return (await v1(rootKey, 'Smartag').call('CreateSmartAccessGatewaySoftware', { RegionId, ...bought })).SmartAGId
}

function callerOf(request: (action: string, params: Params) => Promise<Body>): Caller {
  return {
    call: (action, params = {}) => request(action, params),
    async refused(action, params = {}) {
      const error = await request(action, params).then(
        () => undefined,
        (thrown: { readonly code?: string }) => thrown,
      )
      if (error?.code === undefined) throw new Error(`${action} was not refused.`, { cause: error })
      return error.code
    },
  }
}

/** pop-core: signature V1, one kept-alive connection agent per client. */
function v1(key: Key, product: Product): Caller {
  const { RPCClient } = require('@alicloud/pop-core')
  const client = new RPCClient({
    endpoint: server.url,
    apiVersion: versions[product],
    ...key,
    opts: { timeout: limit(10_000) },
  })
  return callerOf((action, params) => client.request(action, params, { method: 'POST' }))
}

/** openapi-core: signature V3. */
function v3(key: Key, product: Product): Caller {
  const { $OpenApiUtil } = require('@alicloud/openapi-core')
  const { default: Client } = require('@alicloud/openapi-core')
  const type = key.securityToken === undefined ? 'access_key' : 'sts'
  const client = new Client(
    new $OpenApiUtil.Config({
      endpoint: new URL(server.url).host,
      protocol: 'http',
      type,
      readTimeout: limit(10_000),
      ...key,
    }),
  )
  return callerOf(async (action, query) => {
    const api = { action, version: versions[product], protocol: 'http', pathname: '/', method: 'POST', authType: 'AK' }
    const shape = new $OpenApiUtil.Params({ ...api, style: 'RPC', reqBodyType: 'json', bodyType: 'json' })
    return (await client.callApi(shape, new $OpenApiUtil.OpenApiRequest({ query }), {})).body
  })
}

/** The official STS client. */
function stsClient(key: Key) {
  const sdk = require('@alicloud/sts20150401')
  const { $OpenApiUtil } = require('@alicloud/openapi-core')
  const config = { endpoint: new URL(server.url).host, protocol: 'http', readTimeout: limit(10_000), ...key }
  return { client: new sdk.default(new $OpenApiUtil.Config(config)), sdk }
}

const ram = (action: string, params: Params = {}): Promise<Body> => v1(rootKey, 'Ram').call(action, params)
const policyOf = (...statements: readonly object[]): string => JSON.stringify({ Version: '1', Statement: statements })
const allow = (Action: string | readonly string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource })
const instanceArn = (id: string): string => `acs:smartag:*:${accountId}:smartag/${id}`

let count = 0
let userName: string
let userKey: Key

/** A fresh user with a key and nothing else, for each test. */
beforeEach(async () => {
  userName = `user${++count}`
  await ram('CreateUser', { UserName: userName })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: userName })
  userKey = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
})

async function permit(...statements: readonly object[]): Promise<string> {
  const PolicyName = `policy-${++count}`
  await ram('CreatePolicy', { PolicyName, PolicyDocument: policyOf(...statements) })
  await ram('AttachPolicyToUser', { UserName: userName, PolicyType: 'Custom', PolicyName })
  return PolicyName
}

const rename = (SmartAGId: string): Params => ({ RegionId, SmartAGId, Name: `renamed-${++count}` })

describe('a user', () => {
  test('may change the one instance a policy names and no other, by either signature', async () => {
    await permit(allow('smartag:ModifySmartAccessGateway', instanceArn(mine)))
    for (const caller of [v1(userKey, 'Smartag'), v3(userKey, 'Smartag')]) {
      expect(await caller.call('ModifySmartAccessGateway', rename(mine))).toHaveProperty('RequestId')
      expect(await caller.refused('ModifySmartAccessGateway', rename(other))).toBe('Forbidden')
      expect(await caller.refused('ModifySmartAccessGateway', rename('sag-thereisnone'))).toBe('Forbidden')
      expect(await caller.refused('DeleteSmartAccessGateway', { RegionId, InstanceId: mine })).toBe('Forbidden.RAM')
    }
  })

  test('is told why it was denied', async () => {
    const error = await v3(userKey, 'Ram')
      .call('ListUsers')
      .catch((thrown: Body) => thrown)
    expect(error).toMatchObject({
      code: 'NoPermission',
      statusCode: 403,
      accessDeniedDetail: {
        AuthAction: 'ram:ListUsers',
        AuthPrincipalType: 'SubUser',
        AuthPrincipalOwnerId: accountId,
        PolicyType: 'AccountLevelIdentityBasedPolicy',
        NoPermissionType: 'ImplicitDeny',
      },
    })
  })

  test('may not any more at once, on every open connection, when the policy is detached', async () => {
    const PolicyName = await permit(allow('smartag:*'))
    const callers = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? v1 : v3)(userKey, 'Smartag'))
    for (const caller of callers) await caller.call('ModifySmartAccessGateway', rename(mine))
    await ram('DetachPolicyFromUser', { UserName: userName, PolicyType: 'Custom', PolicyName })
    const outcomes = await Promise.all(
      callers.map((caller) => caller.refused('ModifySmartAccessGateway', rename(mine))),
    )
    expect(outcomes).toEqual(callers.map(() => 'Forbidden'))
  })

  test('is refused at once, on every open connection, when its key is switched off or deleted', async () => {
    await permit(allow('smartag:*'))
    const callers = Array.from({ length: 4 }, () => v1(userKey, 'Smartag'))
    const all = (call: (caller: Caller) => Promise<unknown>) => Promise.all(callers.map(call))
    await all((caller) => caller.call('DescribeRegions'))
    const key = { UserName: userName, UserAccessKeyId: userKey.accessKeyId }
    await ram('UpdateAccessKey', { ...key, Status: 'Inactive' })
    const inactive = await all((caller) => caller.refused('DescribeRegions'))
    expect(inactive).toEqual(callers.map(() => 'InvalidAccessKeyId.Inactive'))
    await ram('UpdateAccessKey', { ...key, Status: 'Active' })
    await all((caller) => caller.call('DescribeRegions'))
    await ram('DeleteAccessKey', key)
    const deleted = await all((caller) => caller.refused('DescribeRegions'))
    expect(deleted).toEqual(callers.map(() => 'InvalidAccessKeyId.NotFound'))
  })
})

async function newRole(...statements: readonly object[]): Promise<string> {
  const RoleName = `role-${++count}`
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${accountId}:root`] } }
  await ram('CreateRole', { RoleName, AssumeRolePolicyDocument: policyOf(trust), MaxSessionDuration: '3600' })
  if (statements.length > 0) {
    const PolicyName = `policy-${++count}`
    await ram('CreatePolicy', { PolicyName, PolicyDocument: policyOf(...statements) })
    await ram('AttachPolicyToRole', { RoleName, PolicyType: 'Custom', PolicyName })
  }
  return RoleName
}

const arnOf = (RoleName: string): string => `acs:ram::${accountId}:role/${RoleName}`

async function assume(key: Key, RoleName: string, more: object = {}): Promise<Key> {
  const { client, sdk } = stsClient(key)
  const request = new sdk.AssumeRoleRequest({ roleArn: arnOf(RoleName), roleSessionName: 'bob', ...more })
  const { credentials } = (await client.assumeRole(request)).body
  const { accessKeyId, accessKeySecret, securityToken } = credentials
  return { accessKeyId, accessKeySecret, securityToken }
}

describe('a role session', () => {
  test('may do what the role may, by either signature, and is who it is', async () => {
    const RoleName = await newRole(allow('smartag:ModifySmartAccessGateway', instanceArn(mine)))
    await permit(allow('sts:AssumeRole', arnOf(RoleName)))
    const session = await assume(userKey, RoleName)
    for (const caller of [v1(session, 'Smartag'), v3(session, 'Smartag')]) {
      await caller.call('ModifySmartAccessGateway', rename(mine))
      expect(await caller.refused('ModifySmartAccessGateway', rename(other))).toBe('Forbidden')
    }
    const { client } = stsClient(session)
    expect((await client.getCallerIdentity()).body).toMatchObject({
      identityType: 'AssumedRoleUser',
      accountId,
      arn: `acs:sts::${accountId}:assumed-role/${RoleName}/bob`,
    })
    // What the user may itself is another matter.
    expect(await v1(userKey, 'Smartag').refused('ModifySmartAccessGateway', rename(mine))).toBe('Forbidden')
  })

  test('needs the permission of the caller and the trust of the role, and is not for the account itself', async () => {
    const RoleName = await newRole()
    await expect(assume(userKey, RoleName)).rejects.toMatchObject({ code: 'NoPermission', statusCode: 403 })
    await permit(allow('sts:AssumeRole'))
    await assume(userKey, RoleName)
    const nobody = {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { RAM: [`acs:ram::${accountId}:user/none`] },
    }
    await ram('UpdateRole', { RoleName, NewAssumeRolePolicyDocument: policyOf(nobody) })
    await expect(assume(userKey, RoleName)).rejects.toMatchObject({ code: 'NoPermission' })
    await expect(assume(rootKey, RoleName)).rejects.toMatchObject({
      code: 'NoPermission',
      message: expect.stringContaining('Roles may not be assumed by root accounts.'),
    })
  })

  test('with a policy of its own may do what both allow', async () => {
    const RoleName = await newRole(allow('smartag:*'))
    await permit(allow('sts:AssumeRole'))
    const policy = policyOf(allow(['smartag:ModifySmartAccessGateway', 'ram:ListUsers'], '*'))
    const session = await assume(userKey, RoleName, { policy })
    await v1(session, 'Smartag').call('ModifySmartAccessGateway', rename(mine))
    expect(await v1(session, 'Smartag').refused('DescribeRegions')).toBe('Forbidden')
    expect(await v1(session, 'Ram').refused('ListUsers')).toBe('NoPermission')
  })

  test('works until it ends', async () => {
    const RoleName = await newRole(allow('smartag:*'))
    await permit(allow('sts:AssumeRole'))
    const session = v1(await assume(userKey, RoleName, { durationSeconds: 900 }), 'Smartag')
    await session.call('DescribeRegions')
    vi.setSystemTime(Date.now() + 890_000)
    await session.call('DescribeRegions')
    vi.setSystemTime(Date.now() + 11_000)
    expect(await session.refused('DescribeRegions')).toBe('InvalidSecurityToken.Expired')
  })

  test('opens to its key, secret and token together only', async () => {
    const RoleName = await newRole(allow('smartag:*'))
    await permit(allow('sts:AssumeRole'))
    const { securityToken, ...session } = await assume(userKey, RoleName)
    const another = await assume(userKey, RoleName)
    const refused = (key: Key) => v1(key, 'Smartag').refused('DescribeRegions')
    expect(await refused(session)).toBe('MissingSecurityToken')
    const mixed = { ...session, securityToken: String(another.securityToken) }
    expect(await refused(mixed)).toBe('InvalidSecurityToken.MismatchWithAccessKey')
    expect(await refused({ ...session, securityToken: 'é' })).toBe('InvalidSecurityToken.Malformed')
    expect(await refused({ ...userKey, securityToken: String(securityToken) })).toBe(
      'InvalidSecurityToken.MismatchWithAccessKey',
    )
    const wrong = { ...session, accessKeySecret: another.accessKeySecret, securityToken: String(securityToken) }
    expect(await refused(wrong)).toBe('SignatureDoesNotMatch')
  })

  test.each([
    ['the role is deleted', 'InvalidAccessKeyId.NotFound'],
    ['the key that began it is switched off', 'InvalidAccessKeyId.Inactive'],
    ['the policy of the role is detached', 'Forbidden'],
  ] as const)('may not any more at once, on every open connection, when %s', async (what, code) => {
    const RoleName = await newRole()
    const PolicyName = await permit(allow(['sts:AssumeRole', 'smartag:*']))
    const attached = { RoleName, PolicyType: 'Custom', PolicyName }
    await ram('AttachPolicyToRole', attached)
    const key = await assume(userKey, RoleName)
    const callers = [v1(key, 'Smartag'), v3(key, 'Smartag'), v1(key, 'Smartag')]
    for (const caller of callers) await caller.call('DescribeRegions')
    if (what !== 'the key that began it is switched off') await ram('DetachPolicyFromRole', attached)
    if (what === 'the role is deleted') await ram('DeleteRole', { RoleName })
    const itsKey = { UserName: userName, UserAccessKeyId: userKey.accessKeyId }
    if (what.startsWith('the key')) await ram('UpdateAccessKey', { ...itsKey, Status: 'Inactive' })
    const outcomes = await Promise.all(callers.map((caller) => caller.refused('DescribeRegions')))
    expect(outcomes).toEqual(callers.map(() => code))
  })
})

async function logOn(user: string, password: string): Promise<{ readonly status: number; readonly body: Body }> {
  const answer = await fetch(`${server.url}/console/logon`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, password }),
  })
  return { status: answer.status, body: (await answer.json()) as Body }
}

const keyOf = ({ Credentials }: Body): Key => ({
  accessKeyId: Credentials.AccessKeyId,
  accessKeySecret: Credentials.AccessKeySecret,
  securityToken: Credentials.SecurityToken,
})

describe('a console session', () => {
  test('of an access key may do what the key may, until it is ended', async () => {
    await permit(allow('smartag:ModifySmartAccessGateway', instanceArn(mine)))
    const session = keyOf(await v3(userKey, 'OpenSAG').call('CreateConsoleSession'))
    const caller = v3(session, 'Smartag')
    await caller.call('ModifySmartAccessGateway', rename(mine))
    expect(await caller.refused('ModifySmartAccessGateway', rename(other))).toBe('Forbidden')
    await v3(session, 'OpenSAG').call('EndConsoleSession')
    expect(await caller.refused('ModifySmartAccessGateway', rename(mine))).toBe('InvalidAccessKeyId.NotFound')
  })

  test('of a password ends with the login profile', async () => {
    const password = 'Night-Shift_2024'
    await permit(allow('smartag:DescribeRegions'))
    await ram('CreateLoginProfile', { UserName: userName, Password: password })
    expect((await logOn(`${userName}@${accountId}`, 'wrong')).status).toBe(401)
    const { status, body } = await logOn(`${userName}@${accountId}`, password)
    expect(status).toBe(200)
    const caller = v3(keyOf(body), 'Smartag')
    await caller.call('DescribeRegions')
    await ram('DeleteLoginProfile', { UserName: userName })
    expect(await caller.refused('DescribeRegions')).toBe('InvalidAccessKeyId.NotFound')
  })
})

describe('what is kept', () => {
  test('the audit trail has what was done and what was denied, and by whom', async () => {
    await permit(allow('smartag:ModifySmartAccessGateway', instanceArn(mine)))
    const caller = v1(userKey, 'Smartag')
    await caller.call('ModifySmartAccessGateway', rename(mine))
    await caller.refused('ModifySmartAccessGateway', rename(other))
    const filter = { 'LookupAttribute.1.Key': 'User', 'LookupAttribute.1.Value': userName, Direction: 'FORWARD' }
    const { Events } = await v3(rootKey, 'ActionTrail').call('LookupEvents', filter)
    expect(Events).toMatchObject([
      { eventName: 'ModifySmartAccessGateway', resourceName: mine, sourceIpAddress: '127.0.0.1' },
      { eventName: 'ModifySmartAccessGateway', resourceName: other, errorCode: 'Forbidden' },
    ])
    expect(Events[0]).not.toHaveProperty('errorCode')
  })

  test('no secret, token or password is in anything that the server stores, except sealed or hashed', async () => {
    const password = 'Day-Shift_2025'
    const RoleName = await newRole()
    await permit(allow('sts:AssumeRole'))
    await ram('CreateLoginProfile', { UserName: userName, Password: password })
    const session = await assume(userKey, RoleName)
    const logon = keyOf((await logOn(`${userName}@${accountId}`, password)).body)
    const secrets = [userKey, session, logon].flatMap((key) => [key.accessKeySecret, key.securityToken ?? []].flat())
    const stored = await bytesOfServer(data)
    expect(stored.includes(userName)).toBe(true)
    for (const secret of [password, ...secrets]) expect(stored.includes(secret)).toBe(false)
  })
})

test('a client that asks where the service is finds it here', async () => {
  const asked = { Id: RegionId, ServiceCode: 'smartag', Type: 'openAPI' }
  const { Success, Endpoints } = await v1(userKey, 'Location').call('DescribeEndpoints', asked)
  expect(Success).toBe(true)
  expect(Endpoints.Endpoint).toMatchObject([{ Endpoint: new URL(server.url).host, SerivceCode: 'smartag' }])
})
