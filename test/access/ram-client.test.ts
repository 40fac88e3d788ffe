// The official RAM client, unmodified, against a real server: every operation, and what becomes of rights at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOfStep, stepAt } from '../../packages/server/src/access/totp.ts'
import { ram as api } from '../../packages/server/src/apis/ram/registry.ts'
import { fromBase32 } from '../../packages/server/src/apis/ram/testing.suite.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { type Body, codeOf, openSite, type RamCaller, type Site } from './site.ts'

let site: Site
let ram: RamCaller

beforeAll(async () => {
  site = await openSite()
  ram = site.ram
})
afterAll(() => site?.close())

const policy = (...statements: readonly object[]): string => JSON.stringify({ Version: '1', Statement: statements })
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
})

/** A user with a key, and the client that signs with it. */
async function userWithKey(userName: string): Promise<RamCaller> {
  await ram('CreateUser', { userName })
  const { accessKey } = await ram('CreateAccessKey', { userName })
  return site.as({ accessKeyId: accessKey.accessKeyId, accessKeySecret: accessKey.accessKeySecret })
}

async function permit(userName: string, policyName: string, policyDocument: string): Promise<void> {
  await ram('CreatePolicy', { policyName, policyDocument })
  await ram('AttachPolicyToUser', { userName, policyType: 'Custom', policyName })
}

/** Every entry of a list, however many pages it takes. */
async function all(operation: string, list: string, item: string, params: Body = {}): Promise<readonly Body[]> {
  const found: Body[] = []
  let marker: string | undefined
  do {
    const page = await ram(operation, { ...params, ...(marker === undefined ? {} : { marker }) })
    found.push(...page[list][item])
    marker = page['isTruncated'] ? page['marker'] : undefined
  } while (marker !== undefined)
  return found
}

describe('users and groups', () => {
  test('a user is created, shown, changed, listed and deleted', async () => {
    const { user } = await ram('CreateUser', {
      userName: 'alice',
      displayName: '爱丽丝',
      mobilePhone: '86-18600000000',
      email: 'alice@example.com',
      comments: '夜班 😀 <&">',
    })
    expect(user).toMatchObject({ userName: 'alice', displayName: '爱丽丝', comments: '夜班 😀 <&">' })
    expect(user.userId).toMatch(/^\d{18}$/)
    expect(user.createDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect((await ram('GetUser', { userName: 'alice' })).user).toMatchObject({ ...user, updateDate: user.createDate })
    const changed = await ram('UpdateUser', { userName: 'alice', newUserName: 'alice.b', newComments: '白班' })
    expect(changed.user).toMatchObject({ userId: user.userId, userName: 'alice.b', comments: '白班' })
    expect((await all('ListUsers', 'users', 'user')).map(({ userName }) => userName)).toContain('alice.b')
    expect(await codeOf(ram('GetUser', { userName: 'alice' }))).toBe('EntityNotExist.User')
    expect(await codeOf(ram('UnbindMFADevice', { userName: 'alice.b' }))).toBe('EntityNotExist.User.MFADevice')
    expect(await ram('DeleteUser', { userName: 'alice.b' })).toHaveProperty('requestId')
  })

  test('a group is created, filled, emptied and deleted', async () => {
    await ram('CreateUser', { userName: 'member' })
    await ram('CreateGroup', { groupName: 'Dev-Team', comments: '开发' })
    await ram('UpdateGroup', { groupName: 'Dev-Team', newGroupName: 'Ops-Team' })
    expect((await ram('GetGroup', { groupName: 'Ops-Team' })).group).toMatchObject({ comments: '开发' })
    await ram('AddUserToGroup', { groupName: 'Ops-Team', userName: 'member' })
    expect(await all('ListUsersForGroup', 'users', 'user', { groupName: 'Ops-Team' })).toMatchObject([
      { userName: 'member' },
    ])
    expect((await ram('ListGroupsForUser', { userName: 'member' })).groups.group).toMatchObject([
      { groupName: 'Ops-Team' },
    ])
    expect(await codeOf(ram('DeleteUser', { userName: 'member' }))).toBe('DeleteConflict.User.Group')
    expect(await codeOf(ram('DeleteGroup', { groupName: 'Ops-Team' }))).toBe('DeleteConflict.Group.User')
    await ram('RemoveUserFromGroup', { groupName: 'Ops-Team', userName: 'member' })
    await ram('DeleteGroup', { groupName: 'Ops-Team' })
    await ram('DeleteUser', { userName: 'member' })
    expect(await all('ListGroups', 'groups', 'group')).toEqual([])
  })

  test('a refusal has its status and the published text', async () => {
    const error: Body = await ram('GetUser', { userName: 'nobody' }).catch((thrown) => thrown)
    expect([error['statusCode'], error['code']]).toEqual([404, 'EntityNotExist.User'])
    expect(error['message']).toContain('The user does not exist.')
  })

  test('lists are told page by page', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page-${index}`)
    for (const userName of names) await ram('CreateUser', { userName })
    const first = await ram('ListUsers', { maxItems: 3 })
    expect([first['isTruncated'], first['users'].user.length]).toEqual([true, 3])
    const found = await all('ListUsers', 'users', 'user', { maxItems: 3 })
    expect(found.map(({ userName }) => userName).filter((name: string) => name.startsWith('page-'))).toEqual(names)
    for (const userName of names) await ram('DeleteUser', { userName })
  })
})

describe('keys', () => {
  test('a key is created, switched off, switched on, listed and deleted, and counts at once', async () => {
    const bob = await userWithKey('bob')
    const { accessKeyId: userAccessKeyId } = bob.key
    await permit('bob', 'bob-reads', policy(allow('ram:Get*')))
    const ask = () => bob('GetUser', { userName: 'bob' })
    expect((await ask()).user).toMatchObject({ userName: 'bob' })

    await ram('UpdateAccessKey', { userName: 'bob', userAccessKeyId, status: 'Inactive' })
    expect(await codeOf(ask())).toBe('InvalidAccessKeyId.Inactive')
    expect((await ram('ListAccessKeys', { userName: 'bob' })).accessKeys.accessKey).toMatchObject([
      { accessKeyId: userAccessKeyId, status: 'Inactive' },
    ])
    await ram('UpdateAccessKey', { userName: 'bob', userAccessKeyId, status: 'Active' })
    await ask()
    expect(await ram('GetAccessKeyLastUsed', { userName: 'bob', userAccessKeyId })).toHaveProperty('accessKeyLastUsed')
    await ram('DeleteAccessKey', { userName: 'bob', userAccessKeyId })
    expect(await codeOf(ask())).toBe('InvalidAccessKeyId.NotFound')
  })

  test('a user changes its own key without naming itself, when a policy allows it for that user', async () => {
    const carol = await userWithKey('carol')
    expect(await codeOf(carol('CreateAccessKey'))).toBe('NoPermission')
    const own = `acs:ram:*:${site.credentials.accountId}:user/carol`
    await permit('carol', 'carol-keys', policy(allow('ram:*AccessKey*', own)))
    const { accessKey } = await carol('CreateAccessKey')
    const fresh = site.as({ accessKeyId: accessKey.accessKeyId, accessKeySecret: accessKey.accessKeySecret })
    expect((await fresh('ListAccessKeys')).accessKeys.accessKey).toHaveLength(2)
    await fresh('DeleteAccessKey', { userAccessKeyId: carol.key.accessKeyId })
    expect(await codeOf(fresh('ListAccessKeys', { userName: 'bob' }))).toBe('NoPermission')
  })
})

describe('policies', () => {
  const readOnly = policy(allow('smartag:Describe*'))

  test('a policy is created, versioned, described and deleted', async () => {
    const policyName = 'Gateway-Operator'
    expect(
      (await ram('CreatePolicy', { policyName, policyDocument: readOnly, description: '网关' })).policy,
    ).toMatchObject({
      policyName,
      policyType: 'Custom',
      defaultVersion: 'v1',
    })
    await ram('UpdatePolicyDescription', { policyName, newDescription: '网关运维' })
    const full = policy(allow('smartag:*'))
    const added = await ram('CreatePolicyVersion', { policyName, policyDocument: full, setAsDefault: false })
    expect(added['policyVersion']).toMatchObject({ versionId: 'v2', isDefaultVersion: false })
    await ram('SetDefaultPolicyVersion', { policyName, versionId: 'v2' })
    const shown = await ram('GetPolicy', { policyName, policyType: 'Custom' })
    expect(shown['policy']).toMatchObject({ description: '网关运维', defaultVersion: 'v2', attachmentCount: 0 })
    expect(shown['defaultPolicyVersion']).toMatchObject({ versionId: 'v2', policyDocument: full })
    const first = await ram('GetPolicyVersion', { policyName, policyType: 'Custom', versionId: 'v1' })
    expect(first['policyVersion']).toMatchObject({ policyDocument: readOnly, isDefaultVersion: false })
    const versions = await ram('ListPolicyVersions', { policyName, policyType: 'Custom' })
    expect(versions['policyVersions'].policyVersion).toHaveLength(2)
    expect(await codeOf(ram('DeletePolicy', { policyName }))).toBe('DeleteConflict.Policy.Version')
    expect(await codeOf(ram('DeletePolicyVersion', { policyName, versionId: 'v2' }))).toBe(
      'DeleteConflict.Policy.Version.Default',
    )
    await ram('DeletePolicyVersion', { policyName, versionId: 'v1' })
    await ram('DeletePolicy', { policyName })
    expect(await codeOf(ram('GetPolicy', { policyName, policyType: 'Custom' }))).toBe('EntityNotExist.Policy')
  })

  test('policies of the system are listed with the others', async () => {
    const found = await all('ListPolicies', 'policies', 'policy', { maxItems: 4 })
    const system = found.filter(({ policyType }) => policyType === 'System').map(({ policyName }) => policyName)
    expect(system).toEqual(expect.arrayContaining(['AdministratorAccess', 'AliyunSmartAccessGatewayFullAccess']))
    expect(new Set(system).size).toBe(system.length)
  })

  test('a mistake is told with its place', async () => {
    const policyDocument = '{"Version":"1",\n"Statement":[{"Effect":"Allow","Action":"smartag"}]}'
    const error: Body = await ram('CreatePolicy', { policyName: 'wrong', policyDocument }).catch((thrown) => thrown)
    expect([error['statusCode'], error['code']]).toEqual([400, 'MalformedPolicyDocument'])
    expect(error['message']).toMatch(/Line 2, column \d+: /)
  })

  test('a policy carries tests of its own, which every later version has to pass', async () => {
    const Examples = JSON.stringify([
      { action: 'smartag:DescribeRegions', resource: '*', expect: 'allowed' },
      { action: 'smartag:ModifySAGAdminPassword', resource: '*', expect: 'denied' },
    ])
    const common = { Version: '2015-05-01', RegionId: '', PolicyName: 'tested', PolicyDocument: readOnly, Examples }
    const made = await send(site.credentials.endpoint, signedBody(site.credentials, 'CreatePolicy', common))
    expect(made).toMatchObject({ status: 200 })
    const wider = { policyName: 'tested', policyDocument: policy(allow('smartag:*')), setAsDefault: true }
    const error: Body = await ram('CreatePolicyVersion', wider).catch((thrown) => thrown)
    expect(error['code']).toBe('PolicyExample.Failed')
    expect(error['message']).toContain('Example 2 is to be denied and is allowed.')
    await ram('CreatePolicyVersion', { ...wider, policyDocument: policy(allow('smartag:D*')) })
  })

  test('what is attached to a user, a group or a role is listed from both sides, and detached', async () => {
    const policyName = 'shared'
    const policyType = 'Custom'
    await ram('CreatePolicy', { policyName, policyDocument: readOnly })
    await ram('CreateUser', { userName: 'dave' })
    await ram('CreateGroup', { groupName: 'Staff' })
    const trust = policy({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { RAM: [`acs:ram::${site.credentials.accountId}:root`] },
    })
    await ram('CreateRole', { roleName: 'Reader', assumeRolePolicyDocument: trust })
    const targets = [
      ['User', { userName: 'dave' }],
      ['Group', { groupName: 'Staff' }],
      ['Role', { roleName: 'Reader' }],
    ] as const
    for (const [kind, target] of targets) {
      await ram(`AttachPolicyTo${kind}`, { ...target, policyType, policyName })
      const { policies } = await ram(`ListPoliciesFor${kind}`, target)
      expect(policies.policy).toMatchObject([{ policyName, policyType, defaultVersion: 'v1' }])
      expect(await codeOf(ram(`AttachPolicyTo${kind}`, { ...target, policyType, policyName }))).toBe(
        `EntityAlreadyExists.${kind}.Policy`,
      )
    }
    const { users, groups, roles } = await ram('ListEntitiesForPolicy', { policyType, policyName })
    expect([users.user, groups.group, roles.role]).toMatchObject([
      [{ userName: 'dave' }],
      [{ groupName: 'Staff' }],
      [{ roleName: 'Reader' }],
    ])
    expect(await codeOf(ram('DeleteUser', { userName: 'dave' }))).toBe('DeleteConflict.User.Policy')
    expect(await codeOf(ram('DeleteGroup', { groupName: 'Staff' }))).toBe('DeleteConflict.Group.Policy')
    expect(await codeOf(ram('DeleteRole', { roleName: 'Reader' }))).toBe('DeleteConflict.Role.Policy')
    for (const [kind, target] of targets) {
      expect(await codeOf(ram('DeletePolicy', { policyName }))).toBe(
        kind === 'Role' ? 'DeleteConflict.Role.Policy' : `DeleteConflict.Policy.${kind}`,
      )
      await ram(`DetachPolicyFrom${kind}`, { ...target, policyType, policyName })
    }
    await ram('DeletePolicy', { policyName })
  })

  test('rights come and go with the next request, on a connection that stays', async () => {
    const erin = await userWithKey('erin')
    const ask = () => erin('ListUsers')
    expect(await codeOf(ask())).toBe('NoPermission')
    await ram('CreateGroup', { groupName: 'Auditors' })
    const grant = { groupName: 'Auditors', policyType: 'System', policyName: 'AliyunRAMReadOnlyAccess' }
    await ram('AttachPolicyToGroup', grant)
    await ram('AddUserToGroup', { groupName: 'Auditors', userName: 'erin' })
    expect(await ask()).toHaveProperty('users')
    expect(await codeOf(erin('CreateUser', { userName: 'x' }))).toBe('NoPermission')
    await ram('RemoveUserFromGroup', { groupName: 'Auditors', userName: 'erin' })
    expect(await codeOf(ask())).toBe('NoPermission')
    await ram('AddUserToGroup', { groupName: 'Auditors', userName: 'erin' })
    await ask()
    await ram('DetachPolicyFromGroup', grant)
    expect(await codeOf(ask())).toBe('NoPermission')
    await permit('erin', 'erin-lists', policy(allow('ram:ListUsers')))
    await ask()
    const none = policy({ ...allow('ram:ListUsers'), Effect: 'Deny' })
    await ram('CreatePolicyVersion', { policyName: 'erin-lists', policyDocument: none, setAsDefault: true })
    expect(await codeOf(ask())).toBe('NoPermission')
    await ram('SetDefaultPolicyVersion', { policyName: 'erin-lists', versionId: 'v1' })
    await ask()
  })

  test('who may attach one policy of the system may attach no other, and none of the account’s own', async () => {
    const frank = await userWithKey('frank')
    const { accountId } = site.credentials
    const resource = [`acs:ram:*:${accountId}:user/*`, 'acs:ram:*:system:policy/ReadOnlyAccess']
    await permit('frank', 'frank-attaches', policy(allow('ram:AttachPolicyToUser', resource)))
    await frank('AttachPolicyToUser', { userName: 'frank', policyType: 'System', policyName: 'ReadOnlyAccess' })
    for (const [policyType, policyName] of [
      ['System', 'AdministratorAccess'],
      ['Custom', 'ReadOnlyAccess'],
    ]) {
      expect(await codeOf(frank('AttachPolicyToUser', { userName: 'frank', policyType, policyName }))).toBe(
        'NoPermission',
      )
    }
  })
})

test('a role is created, shown, changed, listed and deleted', async () => {
  const trust = (whom: string): string =>
    policy({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { RAM: [`acs:ram::${site.credentials.accountId}:${whom}`] },
    })
  const given = { roleName: 'GatewayAdmin', assumeRolePolicyDocument: trust('root'), description: '管理员' }
  const { role } = await ram('CreateRole', { ...given, maxSessionDuration: 7200 })
  expect(role).toMatchObject({ ...given, maxSessionDuration: 7200 })
  expect(role.arn).toBe(`acs:ram::${site.credentials.accountId}:role/GatewayAdmin`)
  const newAssumeRolePolicyDocument = trust('user/alice')
  await ram('UpdateRole', { roleName: 'GatewayAdmin', newAssumeRolePolicyDocument, newMaxSessionDuration: 3600 })
  expect((await ram('GetRole', { roleName: 'GatewayAdmin' })).role).toMatchObject({
    assumeRolePolicyDocument: newAssumeRolePolicyDocument,
    maxSessionDuration: 3600,
    description: '管理员',
  })
  expect((await all('ListRoles', 'roles', 'role')).map(({ roleName }) => roleName)).toContain('GatewayAdmin')
  await ram('DeleteRole', { roleName: 'GatewayAdmin' })
})

test('a login profile is created, shown, changed and deleted; its user changes the password itself', async () => {
  const grace = await userWithKey('grace')
  const password = 'Night-Shift_2024'
  expect(
    (await ram('CreateLoginProfile', { userName: 'grace', password, passwordResetRequired: true })).loginProfile,
  ).toMatchObject({ userName: 'grace', passwordResetRequired: true, MFABindRequired: false })
  await ram('UpdateLoginProfile', { userName: 'grace', passwordResetRequired: false, MFABindRequired: true })
  expect((await ram('GetLoginProfile', { userName: 'grace' })).loginProfile).toMatchObject({
    passwordResetRequired: false,
    MFABindRequired: true,
  })
  const change = { oldPassword: password, newPassword: 'Day-Shift_2024' }
  expect(await codeOf(grace('ChangePassword', change))).toBe('NoPermission')
  const own = `acs:ram:*:${site.credentials.accountId}:user/grace`
  await permit('grace', 'grace-changes', policy(allow('ram:ChangePassword', own)))
  await grace('ChangePassword', change)
  expect(await codeOf(grace('ChangePassword', change))).toBe('InvalidParameter.OldPassword.Incorrect')
  expect(await codeOf(ram('ChangePassword', change))).toBe('NotSupport.Account')
  await ram('DeleteLoginProfile', { userName: 'grace' })
  expect(await codeOf(ram('GetLoginProfile', { userName: 'grace' }))).toBe('EntityNotExist.User.LoginProfile')
})

test('an alias is set, shown and cleared', async () => {
  await ram('SetAccountAlias', { accountAlias: 'night-shift' })
  expect(await ram('GetAccountAlias')).toMatchObject({ accountAlias: 'night-shift' })
  await ram('ClearAccountAlias')
  expect((await ram('GetAccountAlias'))['accountAlias']).toBeUndefined()
})

describe('two who call at once', () => {
  async function outcomes(calls: readonly Promise<unknown>[]): Promise<readonly string[]> {
    const settled = await Promise.allSettled(calls)
    return settled.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code)).sort()
  }
  const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index))

  test('make one user of a name', async () => {
    const found = await outcomes(times(6, () => ram('CreateUser', { userName: 'racer' })))
    expect(found).toEqual([...times(5, () => 'EntityAlreadyExists.User'), 'done'])
  })

  test('do not exceed the keys of a user', async () => {
    const found = await outcomes(times(6, () => ram('CreateAccessKey', { userName: 'racer' })))
    expect(found).toEqual([...times(4, () => 'LimitExceeded.User.AccessKey'), 'done', 'done'])
  })

  test('do not exceed the versions of a policy, and none gets a number twice', async () => {
    const policyDocument = policy(allow('smartag:Describe*'))
    await ram('CreatePolicy', { policyName: 'raced', policyDocument })
    const given = { policyName: 'raced', policyDocument, setAsDefault: true }
    const found = await outcomes(times(8, () => ram('CreatePolicyVersion', given)))
    expect(found).toEqual([...times(4, () => 'LimitExceeded.Policy.Version'), ...times(4, () => 'done')])
    const { policyVersions } = await ram('ListPolicyVersions', { policyType: 'Custom', policyName: 'raced' })
    const versions: readonly Body[] = policyVersions.policyVersion
    expect(versions.map(({ versionId }) => versionId)).toEqual(['v1', 'v2', 'v3', 'v4', 'v5'])
    expect(versions.filter(({ isDefaultVersion }) => isDefaultVersion)).toHaveLength(1)
  })

  test('do not exceed the groups of a user', async () => {
    for (const index of times(12, (at) => at)) await ram('CreateGroup', { groupName: `race-${index}` })
    const found = await outcomes(
      times(12, (index) => ram('AddUserToGroup', { userName: 'racer', groupName: `race-${index}` })),
    )
    expect(found).toEqual([...times(2, () => 'LimitExceeded.User.Group'), ...times(10, () => 'done')])
  })

  test('attach a policy to what is being deleted, or delete it, never both', async () => {
    for (const index of times(5, (at) => at)) {
      const userName = `doomed-${index}`
      await ram('CreateUser', { userName })
      const attach = ram('AttachPolicyToUser', { userName, policyType: 'System', policyName: 'ReadOnlyAccess' })
      const found = await outcomes([attach, ram('DeleteUser', { userName })])
      expect(['DeleteConflict.User.Policy', 'EntityNotExist.User']).toContain(found[0])
      expect(found[1]).toBe('done')
    }
  })
})

test('answers in XML as in JSON', async () => {
  const ask = { Version: '2015-05-01', RegionId: '', Format: 'XML', UserName: 'xml', Comments: '<网关 & "云">' }
  const post = (action: string) =>
    fetch(site.credentials.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: signedBody(site.credentials, action, ask),
    })
  const made = await post('CreateUser')
  expect([made.status, made.headers.get('content-type')]).toEqual([200, 'text/xml;charset=utf-8'])
  expect(await made.text()).toMatch(
    /<CreateUserResponse><User><UserId>\d{18}<\/UserId><UserName>xml<\/UserName><Comments>&lt;网关 &amp; (&quot;|")云(&quot;|")&gt;<\/Comments>/,
  )
  const again = await post('CreateUser')
  expect(again.status).toBe(409)
  expect(await again.text()).toContain('<Code>EntityAlreadyExists.User</Code>')
})

/** Operations that came after this version of the client, which has no methods for them. */
const later = ['CreateServiceLinkedRole', 'DeleteServiceLinkedRole', 'GetServiceLinkedRoleTemplate']

describe('the role of a service', () => {
  const roleName = 'AliyunServiceRoleForSmartag'
  const service = { ServiceName: 'smartag.aliyuncs.com' }
  const ask = async (action: string, params: Readonly<Record<string, string>>, key = ram.key): Promise<Body> => {
    const asked = { Version: '2015-05-01', RegionId: '', ...params }
    const body = signedBody({ ...site.credentials, ...key }, action, asked)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return (await fetch(site.credentials.endpoint, { method: 'POST', headers, body })).json() as Promise<Body>
  }
  const codesOf = async (calls: readonly Promise<Body>[]) =>
    (await Promise.all(calls)).map(({ Code }) => Code ?? 'done').sort()

  test('is created as its template says, cannot be changed by the account, and is deleted by its own operation', async () => {
    const { ServiceLinkedRoleTemplate: template } = await ask('GetServiceLinkedRoleTemplate', service)
    const { Role } = await ask('CreateServiceLinkedRole', service)
    expect(Role).toMatchObject({ RoleName: template.RoleNamePrefix, IsServiceLinkedRole: true })
    expect((await ram('GetRole', { roleName })).role).toMatchObject({ roleName, description: Role.Description })
    const attached = await ram('ListPoliciesForRole', { roleName })
    expect(attached.policies.policy).toMatchObject([{ policyName: template.SystemPolicyName }])

    const policy = { policyType: 'System', policyName: template.SystemPolicyName }
    const changes: readonly [string, object][] = [
      ['UpdateRole', { roleName, newDescription: 'ours' }],
      ['DetachPolicyFromRole', { roleName, ...policy }],
      ['AttachPolicyToRole', { roleName, ...policy }],
      ['DeleteRole', { roleName }],
    ]
    for (const [operation, params] of changes) {
      expect([operation, await codeOf(ram(operation, { ...params }))]).toEqual([
        operation,
        'NotSupport.ServiceLinkedRole',
      ])
    }
    const { DeletionTaskId } = await ask('DeleteServiceLinkedRole', { RoleName: roleName })
    expect(DeletionTaskId).toContain(`task/acs-service-role/smartag.aliyuncs.com/${roleName}/`)
    expect(await codeOf(ram('GetRole', { roleName }))).toBe('EntityNotExist.Role')
  })

  test('is created and deleted by a user whose policy asks for ram:ServiceName, for that service only', async () => {
    const { key } = await userWithKey('linker')
    const create = (ServiceName: string) => ask('CreateServiceLinkedRole', { ServiceName }, key)
    const remove = (RoleName: string) => ask('DeleteServiceLinkedRole', { RoleName }, key)
    expect(await create(service.ServiceName)).toMatchObject({ Code: 'NoPermission' })
    expect(await remove(roleName)).toMatchObject({ Code: 'NoPermission' })

    const Condition = (ServiceName: string) => ({ StringEquals: { 'ram:ServiceName': ServiceName } })
    const both = allow(['ram:CreateServiceLinkedRole', 'ram:DeleteServiceLinkedRole'])
    await permit('linker', 'link-ecs', policy({ ...both, Condition: Condition('ecs.aliyuncs.com') }))
    expect(await create(service.ServiceName)).toMatchObject({ Code: 'NoPermission' })
    expect(await create('ecs.aliyuncs.com')).toMatchObject({ Code: 'EntityNotExist.Service' })

    await permit('linker', 'link-smartag', policy({ ...both, Condition: Condition(service.ServiceName) }))
    expect(await create('oss.aliyuncs.com')).toMatchObject({ Code: 'NoPermission' })
    expect(await create(service.ServiceName)).toMatchObject({ Role: { RoleName: roleName } })
    expect(await remove('night-shift')).toMatchObject({ Code: 'NoPermission' })
    expect(await remove(roleName)).toHaveProperty('DeletionTaskId')
  })

  test('is created by one and deleted by one of those who ask at once', async () => {
    const create = () => ask('CreateServiceLinkedRole', service)
    const remove = () => ask('DeleteServiceLinkedRole', { RoleName: roleName })
    expect(await codesOf([create(), create(), create()])).toEqual([
      'EntityAlreadyExists.Role',
      'EntityAlreadyExists.Role',
      'done',
    ])
    expect(await codesOf([remove(), remove(), remove()])).toEqual([
      'EntityNotExist.Role',
      'EntityNotExist.Role',
      'done',
    ])
  })

  test('is assumed by nobody of the account', async () => {
    const { Role } = await ask('CreateServiceLinkedRole', service)
    const { key } = await userWithKey('assumer')
    await ram('AttachPolicyToUser', { userName: 'assumer', policyType: 'System', policyName: 'AdministratorAccess' })
    const asked = { Version: '2015-04-01', RoleArn: Role.Arn, RoleSessionName: 'anybody' }
    expect(await ask('AssumeRole', asked, key)).toMatchObject({ Code: 'NoPermission' })
    await ask('DeleteServiceLinkedRole', { RoleName: roleName })
  })

  test('an answer in XML lists the descriptions of the template', async () => {
    const asked = { Version: '2015-05-01', RegionId: '', Format: 'XML', ...service }
    const body = signedBody(site.credentials, 'GetServiceLinkedRoleTemplate', asked)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await (await fetch(site.credentials.endpoint, { method: 'POST', headers, body })).text()
    expect(answer).toContain(
      '<RoleDescriptions><RoleDescription><Language>en</Language><Description>Service Linked Role',
    )
  })
})

describe('tags', () => {
  const tag = [
    { key: 'team', value: '网络 <&"> 1' },
    { key: 'env', value: 'prod' },
  ]
  const shown = async (more: Body = {}) => {
    const { tagResources } = await ram('ListTagResources', { resourceType: 'role', ...more })
    return (tagResources as readonly Body[]).map(({ resourceName, tagKey, tagValue }) => [
      resourceName,
      tagKey,
      tagValue,
    ])
  }

  test('a role is tagged when it is made and later, found by its tags, and untagged', async () => {
    const assumeRolePolicyDocument = policy({
      ...{ Effect: 'Allow', Action: 'sts:AssumeRole' },
      Principal: { RAM: [`acs:ram::${site.credentials.accountId}:root`] },
    })
    for (const roleName of ['Tagged', 'Plain']) await ram('CreateRole', { roleName, assumeRolePolicyDocument })
    await ram('CreateRole', { roleName: 'Born-Tagged', assumeRolePolicyDocument, tag: [tag[1]] })
    await ram('TagResources', { resourceType: 'role', resourceNames: ['Tagged'], tag })
    expect(await shown()).toEqual([
      ['Born-Tagged', 'env', 'prod'],
      ['Tagged', 'env', 'prod'],
      ['Tagged', 'team', '网络 <&"> 1'],
    ])
    const { roles } = await ram('ListRoles', { tag })
    expect(roles.role).toMatchObject([{ roleName: 'Tagged', tags: { tag: [{ tagKey: 'env' }, { tagKey: 'team' }] } }])
    await ram('UntagResources', { resourceType: 'role', resourceNames: ['Tagged', 'Born-Tagged'], tagKeys: ['env'] })
    expect(await shown({ resourceNames: ['Tagged', 'Born-Tagged'] })).toEqual([['Tagged', 'team', '网络 <&"> 1']])
    await ram('UntagResources', { resourceType: 'role', resourceNames: ['Tagged'], all: true })
    expect(await shown()).toEqual([])
  })

  test('a policy that wants a tag in the request sees those that the client sends as JSON', async () => {
    const carol = await userWithKey('carol-of-tags')
    const Condition = { StringEquals: { 'acs:RequestTag/env': 'prod' } }
    await permit('carol-of-tags', 'Tag-Prod', policy({ ...allow('ram:TagResources'), Condition }))
    const sent = { resourceType: 'role', resourceNames: ['Tagged'] }
    await carol('TagResources', { ...sent, tag: [tag[1]] })
    expect(await codeOf(carol('TagResources', { ...sent, tag: [{ key: 'env', value: 'test' }] }))).toBe('NoPermission')
  })
})

describe('second factors, passwords and logons', () => {
  test('a second factor is created, bound, shown, unbound and deleted', async () => {
    await ram('CreateUser', { userName: 'mfa-user' })
    const { virtualMFADevice: device } = await ram('CreateVirtualMFADevice', { virtualMFADeviceName: 'phone' })
    const seed = fromBase32(device.base32StringSeed)
    expect(Buffer.from(device.QRCodePNG, 'base64').subarray(1, 4).toString()).toBe('PNG')
    const { serialNumber } = device
    const step = stepAt(Date.now())
    await ram('BindMFADevice', {
      serialNumber,
      userName: 'mfa-user',
      authenticationCode1: codeOfStep(seed, step - 1),
      authenticationCode2: codeOfStep(seed, step),
    })
    expect((await ram('GetUserMFAInfo', { userName: 'mfa-user' })).MFADevice).toEqual({ serialNumber, type: 'VMFA' })
    expect((await ram('ListVirtualMFADevices')).virtualMFADevices.virtualMFADevice).toMatchObject([
      { serialNumber, user: { userName: 'mfa-user' } },
    ])
    expect(await codeOf(ram('DeleteUser', { userName: 'mfa-user' }))).toBe('DeleteConflict.User.MFADevice')
    expect(await ram('UnbindMFADevice', { userName: 'mfa-user' })).toMatchObject({ MFADevice: { serialNumber } })
    await ram('DeleteVirtualMFADevice', { serialNumber })
    await ram('DeleteUser', { userName: 'mfa-user' })
  })

  test('a password policy is set, shown and holds', async () => {
    const { passwordPolicy } = await ram('SetPasswordPolicy', { minimumPasswordLength: 20, maxLoginAttemps: 5 })
    expect(passwordPolicy).toMatchObject({ minimumPasswordLength: 20, maxLoginAttemps: 5, requireNumbers: false })
    expect((await ram('GetPasswordPolicy')).passwordPolicy).toEqual(passwordPolicy)
    await ram('CreateUser', { userName: 'short' })
    const weak = ram('CreateLoginProfile', { userName: 'short', password: 'Night-Shift_2024' })
    expect(await codeOf(weak)).toBe('InvalidParameter.Password.TooWeak')
    await ram('SetPasswordPolicy', {})
    await ram('CreateLoginProfile', { userName: 'short', password: 'Night-Shift_2024' })
  })

  test('what users may do with themselves counts from the next request on, both ways', async () => {
    const hanna = await userWithKey('hanna')
    const own = () => hanna('ListAccessKeys', { userName: 'hanna' })
    expect(await codeOf(own())).toBe('NoPermission')
    const { securityPreference } = await ram('SetSecurityPreference', {
      allowUserToManageAccessKeys: true,
      loginSessionDuration: 6,
      loginNetworkMasks: '10.0.0.0/8',
    })
    expect(securityPreference).toMatchObject({
      accessKeyPreference: { allowUserToManageAccessKeys: true },
      loginProfilePreference: { loginSessionDuration: 6, loginNetworkMasks: '10.0.0.0/8' },
    })
    expect((await ram('GetSecurityPreference')).securityPreference).toEqual(securityPreference)
    expect((await own()).accessKeys.accessKey).toHaveLength(1)
    // Herself and nobody else.
    await ram('CreateUser', { userName: 'ivan' })
    expect(await codeOf(hanna('ListAccessKeys', { userName: 'ivan' }))).toBe('NoPermission')
    await ram('SetSecurityPreference', { allowUserToManageAccessKeys: false, loginNetworkMasks: '' })
    expect(await codeOf(own())).toBe('NoPermission')
  })

  test('why a call was denied is decoded for the account, with the policy that denies it', async () => {
    const gina = await userWithKey('gina')
    await permit('gina', 'gina-not', policy({ Effect: 'Deny', Action: 'ram:GetUser', Resource: '*' }))
    const error: Body = await gina('GetUser', { userName: 'gina' }).catch((thrown) => thrown)
    const encodedDiagnosticMessage = error['accessDeniedDetail']?.EncodedDiagnosticMessage
    const { decodedDiagnosticMessage: told } = await ram('DecodeDiagnosticMessage', { encodedDiagnosticMessage })
    expect(told).toMatchObject({
      explicitDeny: true,
      authAction: 'ram:GetUser',
      noPermissionPolicyType: 'AccountLevelIdentityBasedPolicy',
      matchedPolicies: [{ policyIdentifier: 'gina-not', policyType: 'Custom', effect: 'Deny' }],
    })
    expect(await codeOf(gina('DecodeDiagnosticMessage', { encodedDiagnosticMessage }))).toBe('NoPermission')
  })
})

test('every operation there is was called by the client', () => {
  expect([...site.called, ...later].sort()).toEqual([...api.operations.keys()])
})
