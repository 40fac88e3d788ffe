import { ApiError, type ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { unlessDenied } from '../../app/denied.ts'
import { call, session } from '../../app/session.svelte.ts'

export type User = Always<ResultOf<'ListUsers'>['Users']['User'][number], 'UserName'>
export type Member = Always<ResultOf<'ListUsersForGroup'>['Users']['User'][number], 'UserName'>
export type Group = Always<ResultOf<'ListGroups'>['Groups']['Group'][number], 'GroupName'>
export type JoinedGroup = Always<ResultOf<'ListGroupsForUser'>['Groups']['Group'][number], 'GroupName'>
export type Role = Always<ResultOf<'ListRoles'>['Roles']['Role'][number], 'RoleName'>

export type PolicyType = 'System' | 'Custom'

export interface Policy extends Always<ResultOf<'ListPolicies'>['Policies']['Policy'][number], 'PolicyName'> {
  readonly PolicyType: PolicyType
}

export interface AccessKey
  extends Always<ResultOf<'ListAccessKeys'>['AccessKeys']['AccessKey'][number], 'AccessKeyId'> {
  readonly Status: 'Active' | 'Inactive'
}

const most = { MaxItems: 1000 }

export const ram = {
  users: async (signal?: AbortSignal) => (await call('Ram', 'ListUsers', most, signal)).Users.User as readonly User[],
  groups: async (signal?: AbortSignal) =>
    (await call('Ram', 'ListGroups', most, signal)).Groups.Group as readonly Group[],
  roles: async (signal?: AbortSignal) => (await call('Ram', 'ListRoles', most, signal)).Roles.Role as readonly Role[],
  policies: async (signal?: AbortSignal) =>
    (await call('Ram', 'ListPolicies', most, signal)).Policies.Policy as readonly Policy[],
  keysOf: async (user: string, signal?: AbortSignal) =>
    (await call('Ram', 'ListAccessKeys', { UserName: user }, signal)).AccessKeys.AccessKey as readonly AccessKey[],
  groupsOf: async (user: string, signal?: AbortSignal) =>
    (await call('Ram', 'ListGroupsForUser', { UserName: user }, signal)).Groups.Group as readonly JoinedGroup[],
  membersOf: async (group: string, signal?: AbortSignal) =>
    (await call('Ram', 'ListUsersForGroup', { GroupName: group, ...most }, signal)).Users.User as readonly Member[],
  policiesOf: async (kind: Kind, name: string, signal?: AbortSignal) =>
    (await attachedPolicies[kind](name, signal)).Policies.Policy as readonly Omit<Policy, 'AttachmentCount'>[],
}

const attachedPolicies = {
  User: (name: string, signal?: AbortSignal) => call('Ram', 'ListPoliciesForUser', { UserName: name }, signal),
  Group: (name: string, signal?: AbortSignal) => call('Ram', 'ListPoliciesForGroup', { GroupName: name }, signal),
  Role: (name: string, signal?: AbortSignal) => call('Ram', 'ListPoliciesForRole', { RoleName: name }, signal),
}

/** A user, group or role by its name, as one shape: what another kind does not have is absent. */
export interface Entity {
  readonly DisplayName?: string
  readonly Email?: string
  readonly Comments?: string
  readonly CreateDate?: string
  readonly Arn?: string
  readonly Description?: string
  readonly AssumeRolePolicyDocument?: string
  /** A role that belongs to a service: the account can look at it and delete it, and not change it. */
  readonly IsServiceLinkedRole?: boolean
}

const entities: Readonly<Record<Kind, (name: string, signal?: AbortSignal) => Promise<Entity | undefined>>> = {
  User: async (name, signal) => (await call('Ram', 'GetUser', { UserName: name }, signal)).User,
  Group: async (name, signal) => (await call('Ram', 'GetGroup', { GroupName: name }, signal)).Group,
  Role: async (name, signal) => (await call('Ram', 'GetRole', { RoleName: name }, signal)).Role,
}

export async function entityOf(kind: Kind, name: string, signal?: AbortSignal): Promise<Entity> {
  return (await entities[kind](name, signal)) ?? {}
}

/** What a policy can be attached to, as the names of operations and parameters have it. */
export type Kind = 'User' | 'Group' | 'Role'

/** What stands behind the `@` of a log-on name: the alias of the account where there is one that may be read, else its id. */
export async function accountName(signal?: AbortSignal): Promise<string> {
  const answer = await unlessDenied(call('Ram', 'GetAccountAlias', {}, signal))
  return answer?.AccountAlias ?? session.current?.accountId ?? ''
}

/** Whether a user may log on with a password. */
export async function hasLogon(user: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await call('Ram', 'GetLoginProfile', { UserName: user }, signal)
    return true
  } catch (error) {
    if (error instanceof ApiError && error.code.startsWith('EntityNotExist')) return false
    throw error
  }
}

type PolicyVersion = Required<
  Pick<ResultOf<'ListPolicyVersions'>['PolicyVersions']['PolicyVersion'][number], 'VersionId' | 'IsDefaultVersion'>
> & { readonly CreateDate?: string }

export interface PolicyFacts {
  readonly policy: NonNullable<ResultOf<'GetPolicy'>['Policy']>
  readonly document: string
  readonly versions: readonly PolicyVersion[]
  readonly attachedTo: readonly { readonly kind: Kind; readonly name: string }[]
}

export async function policyFacts(type: PolicyType, name: string, signal?: AbortSignal): Promise<PolicyFacts> {
  const asked = { PolicyType: type, PolicyName: name }
  const [{ Policy: policy = {}, DefaultPolicyVersion: inForce }, { PolicyVersions }, holders] = await Promise.all([
    call('Ram', 'GetPolicy', asked, signal),
    call('Ram', 'ListPolicyVersions', asked, signal),
    call('Ram', 'ListEntitiesForPolicy', asked, signal),
  ])
  return {
    policy,
    document: pretty(policy.PolicyDocument ?? inForce?.PolicyDocument ?? ''),
    versions: PolicyVersions.PolicyVersion as readonly PolicyVersion[],
    attachedTo: [
      ...holders.Users.User.map(({ UserName = '' }) => ({ kind: 'User' as const, name: UserName })),
      ...holders.Groups.Group.map(({ GroupName = '' }) => ({ kind: 'Group' as const, name: GroupName })),
      ...holders.Roles.Role.map(({ RoleName = '' }) => ({ kind: 'Role' as const, name: RoleName })),
    ],
  }
}

/** What a custom policy says, where it may be read. */
export async function documentOf(name: string, signal?: AbortSignal): Promise<string | undefined> {
  const asked = { PolicyType: 'Custom', PolicyName: name } as const
  const answer = await unlessDenied(call('Ram', 'GetPolicy', asked, signal))
  return answer?.Policy?.PolicyDocument ?? answer?.DefaultPolicyVersion?.PolicyDocument
}

/** Laid out over lines; as it is when it is no JSON. */
export function pretty(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), undefined, 2)
  } catch (error) {
    if (error instanceof SyntaxError) return document
    throw error
  }
}
