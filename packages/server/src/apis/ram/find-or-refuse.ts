import type { Refusal } from '../../declare/index.ts'
import type { StoredAccessKey } from '../../store/access/access-keys.ts'
import type { PolicyName } from '../../store/access/attachments.ts'
import type { RamGroup } from '../../store/access/groups.ts'
import type { KeyOwner } from '../../store/access/keys.ts'
import type { LoginProfile } from '../../store/access/login-profiles.ts'
import type { MfaDevice } from '../../store/access/mfa-devices.ts'
import type { CustomPolicy, PolicyVersion } from '../../store/access/policies.ts'
import type { RamRole } from '../../store/access/roles.ts'
import type { RamUser } from '../../store/access/users.ts'
import type { OperationContext } from '../context.ts'
import { findPolicy, type KnownPolicy } from './known-policy.ts'

/** The part of an operation's context in which things are found, or refused with one of the codes. */
export interface Finding<C extends string> extends Pick<OperationContext, 'ram' | 'caller'> {
  readonly fail: (code: C, detail?: string) => Refusal
}

// What is of another account is not there.

export async function existingUser(
  { ram, caller, fail }: Finding<'EntityNotExist.User'>,
  name: string,
): Promise<RamUser> {
  const user = await ram.users.user(caller.accountId, name)
  if (user === undefined) throw fail('EntityNotExist.User')
  return user
}

export async function existingLoginProfile(
  { ram, fail }: Finding<'EntityNotExist.User.LoginProfile'>,
  user: RamUser,
): Promise<LoginProfile> {
  const profile = await ram.loginProfiles.of(user.id)
  if (profile === undefined) throw fail('EntityNotExist.User.LoginProfile')
  return profile
}

/** By the serial number that CreateVirtualMFADevice told. */
export async function existingMfaDevice(
  { ram, caller, fail }: Finding<'EntityNotExist.VirtualMFADevice'>,
  serialNumber: string,
): Promise<MfaDevice> {
  const [, accountId, name = ''] = /^acs:ram::(\d{16}):mfa\/(.+)$/.exec(serialNumber) ?? []
  const device = accountId === caller.accountId ? await ram.mfaDevices.device(accountId, name) : undefined
  if (device === undefined) throw fail('EntityNotExist.VirtualMFADevice')
  return device
}

export async function existingGroup(
  { ram, caller, fail }: Finding<'EntityNotExist.Group'>,
  name: string,
): Promise<RamGroup> {
  const group = await ram.groups.group(caller.accountId, name)
  if (group === undefined) throw fail('EntityNotExist.Group')
  return group
}

export async function existingRole(
  { ram, caller, fail }: Finding<'EntityNotExist.Role'>,
  name: string,
): Promise<RamRole> {
  const role = await ram.roles.role(caller.accountId, name)
  if (role === undefined) throw fail('EntityNotExist.Role')
  return role
}

/** One that the account can change: a role linked to a service is the service's. */
export async function existingOwnRole(
  context: Finding<'EntityNotExist.Role' | 'NotSupport.ServiceLinkedRole'>,
  name: string,
): Promise<RamRole> {
  const role = await existingRole(context, name)
  if (role.serviceName !== undefined) throw context.fail('NotSupport.ServiceLinkedRole')
  return role
}

export async function existingPolicy(
  { ram, caller, fail }: Finding<'EntityNotExist.Policy'>,
  name: PolicyName,
): Promise<KnownPolicy> {
  const policy = await findPolicy(ram, caller.accountId, name)
  if (policy === undefined) throw fail('EntityNotExist.Policy')
  return policy
}

/** One that the account can change. */
export async function existingCustomPolicy(
  { ram, caller, fail }: Finding<'EntityNotExist.Policy'>,
  name: string,
): Promise<CustomPolicy> {
  const policy = await ram.policies.policy(caller.accountId, name)
  if (policy === undefined) throw fail('EntityNotExist.Policy')
  return policy
}

export async function existingVersion(
  { ram, fail }: Finding<'EntityNotExist.Policy.Version'>,
  policy: CustomPolicy,
  number: number,
): Promise<PolicyVersion> {
  const version = await ram.policies.version(policy, number)
  if (version === undefined) throw fail('EntityNotExist.Policy.Version')
  return version
}

/** Whose keys are meant: the named user's, else the caller's own. A role session is no user and has none. */
export async function keyOwner(
  context: Finding<'EntityNotExist.User'>,
  userName: string | undefined,
): Promise<KeyOwner> {
  const { caller, fail } = context
  const { accountId } = caller
  if (userName !== undefined) return { accountId, userId: (await existingUser(context, userName)).id }
  switch (caller.kind) {
    case 'Account':
      return { accountId, userId: undefined }
    case 'RAMUser':
      return { accountId, userId: caller.userId }
    case 'AssumedRole':
      throw fail('EntityNotExist.User')
  }
}

export async function existingKey(
  context: Finding<'EntityNotExist.User' | 'EntityNotExist.User.AccessKey'>,
  { UserName, UserAccessKeyId }: { readonly UserName: string | undefined; readonly UserAccessKeyId: string },
): Promise<StoredAccessKey> {
  const key = await context.ram.keys.key(await keyOwner(context, UserName), UserAccessKeyId)
  if (key === undefined) throw context.fail('EntityNotExist.User.AccessKey')
  return key
}
