const document = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"smartag:*","Resource":"*"}]}'
const trust =
  '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::1210123456123456:root"]}}]}'

const alice = { UserName: 'alice' }
const staff = { GroupName: 'Staff' }
const reader = { RoleName: 'Reader' }
const policy = { PolicyName: 'Reading' }
const custom = { ...policy, PolicyType: 'Custom' }
const page = { Marker: Buffer.from('a').toString('base64url'), MaxItems: '2' }

/** Operations of RAM, one after the other, so that each finds what it needs. */
export const ramCalls: readonly (readonly [name: string, params: Readonly<Record<string, string>>])[] = [
  ['CreateUser', alice],
  ['CreateGroup', staff],
  ['CreateRole', { ...reader, AssumeRolePolicyDocument: trust }],
  ['CreatePolicy', { ...policy, PolicyDocument: document }],
  ['CreatePolicyVersion', { ...policy, PolicyDocument: document }],
  ['SetDefaultPolicyVersion', { ...policy, VersionId: 'v2' }],
  ['AddUserToGroup', { ...alice, ...staff }],
  ['AttachPolicyToUser', { ...alice, ...custom }],
  ['AttachPolicyToGroup', { ...staff, ...custom }],
  ['AttachPolicyToRole', { ...reader, ...custom }],
  ['CreateAccessKey', alice],
  ['CreateAccessKey', {}],
  ['CreateLoginProfile', { ...alice, Password: 'Night-Shift_2024' }],
  ['UpdateLoginProfile', { ...alice, PasswordResetRequired: 'true' }],
  ['SetAccountAlias', { AccountAlias: 'night-shift' }],
  ['GetAccountAlias', {}],
  ['GetUser', alice],
  ['GetGroup', staff],
  ['GetRole', reader],
  ['GetPolicy', custom],
  ['GetPolicyVersion', { ...custom, VersionId: 'v1' }],
  ['GetLoginProfile', alice],
  ['ListUsers', page],
  ['ListGroups', page],
  ['ListRoles', page],
  ['ListPolicies', {}],
  ['ListPolicies', { ...page, PolicyType: 'Custom' }],
  ['ListPolicyVersions', custom],
  ['ListAccessKeys', alice],
  ['ListAccessKeys', {}],
  ['ListGroupsForUser', alice],
  ['ListUsersForGroup', { ...staff, ...page }],
  ['ListPoliciesForUser', alice],
  ['ListPoliciesForGroup', staff],
  ['ListPoliciesForRole', reader],
  ['ListEntitiesForPolicy', custom],
  ['UpdateUser', { ...alice, NewComments: 'x' }],
  ['UpdateGroup', { ...staff, NewComments: 'x' }],
  ['UpdateRole', { ...reader, NewDescription: 'x' }],
  ['UpdatePolicyDescription', { ...policy, NewDescription: 'x' }],
  ['DetachPolicyFromUser', { ...alice, ...custom }],
  ['DetachPolicyFromGroup', { ...staff, ...custom }],
  ['DetachPolicyFromRole', { ...reader, ...custom }],
  ['DeletePolicyVersion', { ...policy, VersionId: 'v1' }],
  ['DeletePolicy', policy],
  ['RemoveUserFromGroup', { ...alice, ...staff }],
  ['DeleteGroup', staff],
  ['DeleteRole', reader],
  ['DeleteLoginProfile', alice],
  ['ClearAccountAlias', {}],
]
