// A call of each operation of RAM and STS, other values of its parameters, and all that RAM shows.
import { Secret } from '@opensag/protocol'
import type { Caller } from '../../access/caller.ts'
import { hashClientPassword } from '../../access/client-passwords.ts'
import {
  addGroup,
  addMfaDevice,
  addPolicy,
  addRole,
  addUser,
  addVersions,
  attach,
  change,
  document,
  idOf,
  otherDocument,
  toGroup,
  toRole,
  toUser,
  trust,
} from '../ram/testing.suite.ts'
import { named, type Other, type Row, row, seeIn } from './effects.suite.ts'
import type { Answer, Params } from './front-door.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId } from './names.suite.ts'

const password = 'Night-Shift_2024'
const examples = '[{"action":"ram:GetUser","resource":"*","expect":"denied"}]'
const otherTrust = trust.replace(':root', ':user/alice')
const alice: Caller = {
  kind: 'RAMUser',
  accountId,
  accessKeyId: 'LTAI5tOfAlice',
  userId: idOf('user', 'alice'),
  userName: 'alice',
}

export async function buildRam(world: Harness): Promise<void> {
  const [user, group, role] = [await addUser(world), await addGroup(world), await addRole(world)]
  await addUser(world, 'bob')
  await addUser(world, 'gone')
  await addGroup(world, 'Empty')
  await addRole(world, 'Unused')
  const passwordHash = await hashClientPassword(Secret.of(password))
  const profile = { passwordHash, passwordResetRequired: false, mfaBindRequired: false }
  await change(world, ({ loginProfiles }) => loginProfiles.add(user, profile, world.now))
  await change(world, ({ groups }) => groups.join(group, user, world.now))
  await addVersions(world, await addPolicy(world), 1)
  const full = await addPolicy(world, 'Full', { examples })
  await addVersions(world, full, 4)
  await addPolicy(world, 'Several', {})
  await addPolicy(world, 'Loose')
  for (const target of [toUser(user), toGroup(group), toRole(role)]) {
    await attach(world, target)
    await attach(world, target, 'AliyunSmartAccessGatewayFullAccess', 'System')
  }
  for (const id of ['LTAI5tOfAlice', 'LTAI5tSecond']) {
    await world.store.write(async (tx) => {
      const key = { id, account_id: accountId, user_id: user.id, secret_sealed: '', status: 'Active' } as const
      await tx
        .insertInto('access_key')
        .values({ ...key, created_at: world.now })
        .execute()
    })
  }
  await addMfaDevice(world)
  await world.call(named('SetAccountAlias'), { AccountAlias: 'night' })
}

/** What RAM shows of everything there is. */
export async function* observeRam(world: Harness): AsyncGenerator<unknown, void, void> {
  const see = (name: string, params: Params = {}): AsyncGenerator<unknown, Answer | undefined, void> =>
    seeIn(world, name, params)
  async function* each(list: string, member: string, id: string, ...names: readonly string[]): AsyncGenerator<unknown> {
    const found = (yield* see(list))?.[member] as readonly Readonly<Record<string, string>>[] | undefined
    for (const one of found ?? []) {
      for (const name of names) yield* see(name, { [id]: one[id] ?? '' })
    }
  }
  yield* each('ListUsers', 'Users', 'UserName', 'GetUser', 'ListAccessKeys', 'GetLoginProfile', 'ListPoliciesForUser')
  yield* each('ListGroups', 'Groups', 'GroupName', 'GetGroup', 'ListUsersForGroup', 'ListPoliciesForGroup')
  yield* each('ListRoles', 'Roles', 'RoleName', 'GetRole', 'ListPoliciesForRole')
  const own = (yield* see('ListPolicies', { PolicyType: 'Custom' }))?.['Policies'] as readonly { PolicyName: string }[]
  for (const { PolicyName } of own) {
    yield* see('GetPolicy', { PolicyName, PolicyType: 'Custom' })
    yield* see('ListPolicyVersions', { PolicyName, PolicyType: 'Custom' })
  }
  for (const ResourceType of ['role', 'policy']) yield* see('ListTagResources', { ResourceType })
  yield* see('GetAccountAlias')
  yield* see('ListVirtualMFADevices')
  yield* see('ListAccessKeys')
}

const user = { UserName: 'alice' }
const group = { GroupName: 'Dev-Team' }
const role = { RoleName: 'GatewayAdmin' }
const policy = { PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }
const elsewherePolicy = { PolicyType: 'System', ResourceGroupId: 'rg-1' }
const loose = { PolicyType: 'Custom', PolicyName: 'Loose' }
const tag = { to: { 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' } }
const tagged = { ResourceType: 'role', 'ResourceNames.1': 'GatewayAdmin' }
/** A policy that is called as the role is. */
const addNamesake = async (world: Harness): Promise<void> => {
  await world.call(named('CreatePolicy'), { PolicyName: 'GatewayAdmin', PolicyDocument: document })
}
const addTags = async (world: Harness): Promise<void> => {
  await addNamesake(world)
  for (const key of ['x', 'y']) await world.call(named('TagResources'), { ...tagged, 'Tag.1.Key': key })
}
const service = { ServiceName: 'smartag.aliyuncs.com' }
const linked = { RoleName: 'AliyunServiceRoleForSmartag' }
const addLinked = async (world: Harness): Promise<void> => {
  await world.call(named('CreateServiceLinkedRole'), service)
}
const paged = (): Readonly<Record<string, Other>> => ({ Marker: { follow: 'Marker', by: { MaxItems: '1' } } })

export const ramRows: readonly Row[] = [
  row('AddUserToGroup', { UserName: 'bob', ...group }),
  row('AttachPolicyToGroup', { ...group, ...loose }, elsewherePolicy),
  row('AttachPolicyToRole', { ...role, ...loose }, elsewherePolicy),
  row('AttachPolicyToUser', { ...user, ...loose }, elsewherePolicy),
  row(
    'ChangePassword',
    { OldPassword: password, NewPassword: 'Late-Shift_2024' },
    { OldPassword: 'Wrong-Shift_2024', NewPassword: 'Early-Shift_2024' },
    { caller: alice },
  ),
  row('CreateAccessKey', { UserName: 'bob' }, { UserName: 'gone' }),
  row('CreateGroup', { GroupName: 'New' }, { GroupName: 'Newer', Comments: 'A note' }),
  row(
    'CreateLoginProfile',
    { UserName: 'bob', Password: password },
    { Password: 'Late-Shift_2024', PasswordResetRequired: 'true', MFABindRequired: 'true' },
  ),
  row(
    'CreatePolicy',
    { PolicyName: 'New', PolicyDocument: document },
    { PolicyName: 'Newer', PolicyDocument: otherDocument, Description: 'A note', Examples: examples, Tag: tag },
  ),
  row(
    'CreatePolicyVersion',
    { PolicyName: 'Gateway-Operator', PolicyDocument: document },
    {
      PolicyDocument: otherDocument,
      SetAsDefault: 'true',
      RotateStrategy: {
        beside: { PolicyName: 'Full', RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded' },
        to: { RotateStrategy: 'None' },
      },
      Examples: examples,
    },
  ),
  row(
    'CreateRole',
    { RoleName: 'New', AssumeRolePolicyDocument: trust },
    {
      RoleName: 'Newer',
      AssumeRolePolicyDocument: otherTrust,
      Description: 'A note',
      MaxSessionDuration: '7200',
      Tag: tag,
    },
  ),
  row('CreateServiceLinkedRole', service, { ServiceName: 'ecs.aliyuncs.com' }),
  row(
    'CreateUser',
    { UserName: 'new' },
    {
      UserName: 'newer',
      DisplayName: 'New',
      MobilePhone: '86-18600000000',
      Email: 'new@example.com',
      Comments: 'A note',
    },
  ),
  row('DeleteAccessKey', { ...user, UserAccessKeyId: 'LTAI5tSecond' }, { UserAccessKeyId: 'LTAI5tOfAlice' }),
  row('DeleteGroup', { GroupName: 'Empty' }),
  row('DeleteLoginProfile', user),
  row(
    'DeletePolicy',
    { PolicyName: 'Loose' },
    { CascadingDelete: { beside: { PolicyName: 'Full', CascadingDelete: 'true' }, to: { CascadingDelete: 'false' } } },
  ),
  row('DeletePolicyVersion', { PolicyName: 'Full', VersionId: 'v2' }, { VersionId: 'v3' }),
  row('DeleteRole', { RoleName: 'Unused' }),
  row('DeleteServiceLinkedRole', linked, {}, { prepare: addLinked }),
  row('DeleteUser', { UserName: 'gone' }),
  row('DetachPolicyFromGroup', { ...group, ...policy }, elsewherePolicy),
  row('DetachPolicyFromRole', { ...role, ...policy }, elsewherePolicy),
  row('DetachPolicyFromUser', { ...user, ...policy }, elsewherePolicy),
  row('GetAccessKeyLastUsed', { ...user, UserAccessKeyId: 'LTAI5tSecond' }, { UserAccessKeyId: 'LTAI5tNone' }),
  row('GetGroup', group),
  row('GetLoginProfile', user),
  row('GetPolicy', policy),
  row('GetPolicyVersion', { ...policy, VersionId: 'v1' }, { VersionId: 'v2' }),
  row('GetRole', role),
  row('GetServiceLinkedRoleTemplate', service, { ServiceName: 'ecs.aliyuncs.com' }),
  row('GetUser', user),
  row('ListAccessKeys', user, { UserName: 'bob' }),
  row('ListEntitiesForPolicy', policy),
  row('ListGroups', {}, paged()),
  row('ListGroupsForUser', user, { UserName: 'bob' }),
  row('ListPolicies', {}, { ...paged(), PolicyType: 'Custom', Tag: tag }),
  row('ListPoliciesForGroup', group),
  row('ListPoliciesForRole', role),
  row('ListPoliciesForUser', user, { UserName: 'bob' }),
  row('ListPolicyVersions', policy),
  row('ListRoles', {}, { ...paged(), Tag: tag }),
  row('ListUsers', {}, paged()),
  row('ListUsersForGroup', group, paged(), {
    prepare: async (world) => void (await world.call(named('AddUserToGroup'), { UserName: 'bob', ...group })),
  }),
  row('RemoveUserFromGroup', { ...user, ...group }),
  row('SetAccountAlias', { AccountAlias: 'day' }, { AccountAlias: 'evening' }),
  row('SetDefaultPolicyVersion', { PolicyName: 'Full', VersionId: 'v2' }, { VersionId: 'v3' }),
  row('CreateVirtualMFADevice', { VirtualMFADeviceName: 'tablet' }, { VirtualMFADeviceName: 'watch' }),
  row('DeleteVirtualMFADevice', { SerialNumber: `acs:ram::${accountId}:mfa/phone` }),
  row('GetUserMFAInfo', user, {}, { refused: 'EntityNotExist.User.MFADevice' }),
  row(
    'SetPasswordPolicy',
    {},
    {
      MinimumPasswordLength: '12',
      RequireLowercaseCharacters: 'true',
      RequireUppercaseCharacters: 'true',
      RequireNumbers: 'true',
      RequireSymbols: 'true',
      HardExpiry: 'true',
      MaxPasswordAge: '90',
      PasswordReusePrevention: '3',
      MaxLoginAttemps: '3',
    },
  ),
  row(
    'SetSecurityPreference',
    {},
    {
      AllowUserToChangePassword: 'true',
      AllowUserToManageAccessKeys: 'true',
      AllowUserToManageMFADevices: 'true',
      LoginSessionDuration: '6',
      LoginNetworkMasks: '10.0.0.0/8',
      EnableSaveMFATicket: 'false',
      AllowUserToManagePublicKeys: 'false',
    },
  ),
  row(
    'TagResources',
    { ...tagged, 'Tag.1.Key': 'x' },
    { ResourceType: 'policy', ResourceNames: { to: { 'ResourceNames.1': 'Unused' } }, Tag: tag },
    { prepare: addNamesake },
  ),
  row(
    'UntagResources',
    { ...tagged, 'TagKeys.1': 'x' },
    {
      ResourceType: 'policy',
      ResourceNames: { to: { 'ResourceNames.1': 'Unused' } },
      TagKeys: { to: { 'TagKeys.1': 'y' } },
      All: { beside: { TagKeys: '', 'TagKeys.1': '', All: 'true' }, to: { All: 'false' } },
    },
    { prepare: addTags },
  ),
  row(
    'ListTagResources',
    { ResourceType: 'role' },
    {
      ResourceType: 'policy',
      ResourceNames: { to: { 'ResourceNames.1': 'Unused' } },
      Tag: tag,
      NextToken: { follow: 'NextToken', by: { PageSize: '1' } },
    },
    { prepare: addTags },
  ),
  row('UnbindMFADevice', user, {}, { refused: 'EntityNotExist.User.MFADevice' }),
  row(
    'UpdateAccessKey',
    { ...user, UserAccessKeyId: 'LTAI5tSecond', Status: 'Inactive' },
    {
      UserAccessKeyId: 'LTAI5tOfAlice',
      Status: 'Active',
    },
  ),
  row('UpdateGroup', group, { NewGroupName: 'Ops-Team', NewComments: 'A note' }),
  row('UpdateLoginProfile', user, {
    Password: 'Late-Shift_2024',
    PasswordResetRequired: 'true',
    MFABindRequired: 'true',
  }),
  row('UpdatePolicyDescription', { PolicyName: 'Full', NewDescription: 'A note' }, { NewDescription: 'Another note' }),
  row('UpdateRole', role, {
    NewAssumeRolePolicyDocument: otherTrust,
    NewDescription: 'A note',
    NewMaxSessionDuration: '7200',
  }),
  row('UpdateUser', user, {
    NewUserName: 'alicia',
    NewDisplayName: 'Alicia',
    NewMobilePhone: '86-18600000000',
    NewEmail: 'new@example.com',
    NewComments: 'A note',
  }),
  row(
    'AssumeRole',
    { RoleArn: `acs:ram::${accountId}:role/GatewayAdmin`, RoleSessionName: 'one' },
    {
      RoleArn: `acs:ram::${accountId}:role/Unused`,
      RoleSessionName: 'two',
      DurationSeconds: '900',
      Policy: document,
      ExternalId: 'abcd1234',
    },
    { caller: alice },
  ),
]
