import { ApiError } from '@opensag/smartag-client'
import { call } from '../../app/session.svelte.ts'

export interface User {
  readonly UserName: string
  readonly DisplayName?: string
  readonly Email?: string
  readonly Comments?: string
  readonly CreateDate?: string
}

export interface Group {
  readonly GroupName: string
  readonly Comments?: string
  readonly CreateDate?: string
}

export type PolicyType = 'System' | 'Custom'

export interface Policy {
  readonly PolicyName: string
  readonly PolicyType: PolicyType
  readonly Description?: string
  readonly DefaultVersion?: string
  readonly AttachmentCount?: number
  readonly CreateDate?: string
}

export interface Role {
  readonly RoleName: string
  readonly Arn?: string
  readonly Description?: string
  readonly CreateDate?: string
  readonly AssumeRolePolicyDocument?: string
}

export interface AccessKey {
  readonly AccessKeyId: string
  readonly Status: 'Active' | 'Inactive'
  readonly CreateDate?: string
}

type Answer = Readonly<Record<string, unknown>>

const most = { MaxItems: 1000 }

/** One wrapped list of an answer: `Users.User`. */
async function listOf<T>(
  action: string,
  wrapper: string,
  item: string,
  params: object,
  signal?: AbortSignal,
): Promise<readonly T[]> {
  const answer = await call<Answer>('Ram', action, params as Readonly<Record<string, string>>, signal)
  return ((answer[wrapper] as Answer | undefined)?.[item] ?? []) as readonly T[]
}

export const ram = {
  users: (signal?: AbortSignal) => listOf<User>('ListUsers', 'Users', 'User', most, signal),
  groups: (signal?: AbortSignal) => listOf<Group>('ListGroups', 'Groups', 'Group', most, signal),
  roles: (signal?: AbortSignal) => listOf<Role>('ListRoles', 'Roles', 'Role', most, signal),
  policies: (signal?: AbortSignal) => listOf<Policy>('ListPolicies', 'Policies', 'Policy', most, signal),
  keysOf: (user: string, signal?: AbortSignal) =>
    listOf<AccessKey>('ListAccessKeys', 'AccessKeys', 'AccessKey', { UserName: user }, signal),
  groupsOf: (user: string, signal?: AbortSignal) =>
    listOf<Group>('ListGroupsForUser', 'Groups', 'Group', { UserName: user }, signal),
  membersOf: (group: string, signal?: AbortSignal) =>
    listOf<User>('ListUsersForGroup', 'Users', 'User', { GroupName: group, ...most }, signal),
  policiesOf: (kind: Kind, name: string, signal?: AbortSignal) =>
    listOf<Policy>(`ListPoliciesFor${kind}`, 'Policies', 'Policy', { [`${kind}Name`]: name }, signal),
}

/** What a policy can be attached to, as the names of operations and parameters have it. */
export type Kind = 'User' | 'Group' | 'Role'

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

export interface PolicyFacts {
  readonly policy: Policy & { readonly PolicyDocument?: string; readonly Examples?: string }
  readonly document: string
  readonly versions: readonly {
    readonly VersionId: string
    readonly IsDefaultVersion: boolean
    readonly CreateDate?: string
  }[]
  readonly attachedTo: readonly { readonly kind: Kind; readonly name: string }[]
}

export async function policyFacts(type: PolicyType, name: string, signal?: AbortSignal): Promise<PolicyFacts> {
  const asked = { PolicyType: type, PolicyName: name }
  const [got, versions, entities] = await Promise.all([
    call<Answer>('Ram', 'GetPolicy', asked, signal),
    listOf<PolicyFacts['versions'][number]>('ListPolicyVersions', 'PolicyVersions', 'PolicyVersion', asked, signal),
    call<Answer>('Ram', 'ListEntitiesForPolicy', asked, signal),
  ])
  const policy = got['Policy'] as PolicyFacts['policy']
  const inForce = got['DefaultPolicyVersion'] as { readonly PolicyDocument?: string } | undefined
  const names = (kind: Kind): PolicyFacts['attachedTo'] =>
    (((entities[`${kind}s`] as Answer | undefined)?.[kind] ?? []) as readonly Readonly<Record<string, string>>[]).map(
      (one) => ({
        kind,
        name: one[`${kind}Name`] ?? '',
      }),
    )
  return {
    policy,
    document: pretty(policy.PolicyDocument ?? inForce?.PolicyDocument ?? ''),
    versions,
    attachedTo: [...names('User'), ...names('Group'), ...names('Role')],
  }
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
