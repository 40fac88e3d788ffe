import { booleanField, integerField, stringField } from '../../declare/index.ts'
import type { RamGroup } from '../../store/access/groups.ts'
import type { LoginProfile } from '../../store/access/login-profiles.ts'
import type { PolicyVersion } from '../../store/access/policies.ts'
import type { RamRole } from '../../store/access/roles.ts'
import type { RamUser } from '../../store/access/users.ts'
import type { KnownPolicy } from './known-policy.ts'

// What RAM's answers say of a thing, and how. An answer has the members its operation declares; what is shown beyond them
// is left out there.

/** `2015-01-23T12:33:18Z`. */
export function date(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** As a user is shown when it is made; later on there is `UpdateDate` besides. */
export const userFields = {
  UserId: stringField,
  UserName: stringField,
  DisplayName: stringField,
  MobilePhone: stringField,
  Email: stringField,
  Comments: stringField,
  CreateDate: stringField,
} as const

export function shownUser(user: RamUser) {
  return {
    UserId: user.id,
    UserName: user.name,
    DisplayName: user.displayName,
    MobilePhone: user.mobilePhone,
    Email: user.email,
    Comments: user.comments,
    CreateDate: date(user.createdAt),
    UpdateDate: date(user.updatedAt),
    LastLoginDate: user.lastLoginAt === undefined ? undefined : date(user.lastLoginAt),
  }
}

export const groupFields = {
  GroupId: stringField,
  GroupName: stringField,
  Comments: stringField,
  CreateDate: stringField,
} as const

export function shownGroup(group: RamGroup) {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Comments: group.comments,
    CreateDate: date(group.createdAt),
    UpdateDate: date(group.updatedAt),
  }
}

export const roleFields = {
  RoleId: stringField,
  RoleName: stringField,
  Arn: stringField,
  Description: stringField,
  MaxSessionDuration: integerField,
  CreateDate: stringField,
} as const

export function shownRole(role: RamRole) {
  return {
    RoleId: role.id,
    RoleName: role.name,
    Arn: `acs:ram::${role.accountId}:role/${role.name}`,
    Description: role.description,
    AssumeRolePolicyDocument: role.trustPolicy,
    MaxSessionDuration: role.maxSessionDuration,
    IsServiceLinkedRole: role.serviceName !== undefined,
    CreateDate: date(role.createdAt),
    UpdateDate: date(role.updatedAt),
  }
}

export const policyFields = {
  PolicyName: stringField,
  PolicyType: stringField,
  Description: stringField,
  DefaultVersion: stringField,
} as const

export function shownPolicy(policy: KnownPolicy) {
  return {
    PolicyName: policy.name,
    PolicyType: policy.type,
    Description: policy.description,
    DefaultVersion: `v${policy.defaultVersion}`,
    CreateDate: date(policy.createdAt),
    UpdateDate: date(policy.updatedAt),
  }
}

export const versionFields = {
  VersionId: stringField,
  IsDefaultVersion: booleanField,
  PolicyDocument: stringField,
  CreateDate: stringField,
} as const

export function shownVersion({ version, isDefault, document, createdAt }: PolicyVersion) {
  return {
    VersionId: `v${version}`,
    IsDefaultVersion: isDefault,
    PolicyDocument: document,
    CreateDate: date(createdAt),
  }
}

export const loginProfileFields = {
  UserName: stringField,
  PasswordResetRequired: booleanField,
  MFABindRequired: booleanField,
  CreateDate: stringField,
} as const

export function shownLoginProfile(
  user: RamUser,
  profile: Pick<LoginProfile, 'passwordResetRequired' | 'mfaBindRequired' | 'createdAt'>,
) {
  return {
    UserName: user.name,
    PasswordResetRequired: profile.passwordResetRequired,
    MFABindRequired: profile.mfaBindRequired,
    CreateDate: date(profile.createdAt),
  }
}
