import type { SecurityPreference } from '../../model/security-preference.ts'
import type { LoginProfile } from '../../store/access/login-profiles.ts'
import { createRam } from '../../store/access/ram.ts'
import type { RamUser } from '../../store/access/users.ts'
import type { Reader } from '../../store/store.ts'
import type { RefusalCode } from '../refusals.ts'
import type { SingleSignOnOptions } from './options.ts'
import { chosenUser, type KnownUsers, type ProvenIdentity, refusalOf } from './rules.ts'

export interface Admitted {
  readonly user: RamUser
  readonly profile: LoginProfile
  readonly preference: SecurityPreference
}

export type Decision = Admitted | { readonly refusal: RefusalCode; readonly user: RamUser | undefined }

/** Decides about somebody whose identity is proven, by what the store holds in one moment. */
export async function decide(
  db: Reader,
  options: Pick<SingleSignOnOptions, 'account' | 'userClaim'>,
  identity: ProvenIdentity,
  address: string | undefined,
): Promise<Decision> {
  const ram = createRam(db)
  const accountId = await ram.accounts.named(options.account.toLowerCase())
  if (accountId === undefined) return { refusal: 'SingleSignOnUserUnknown', user: undefined }
  const isEmail = options.userClaim === 'email'
  const choice = chosenUser(identity, isEmail, await knownUsers(db, accountId, identity, isEmail))
  if ('refusal' in choice) return { refusal: choice.refusal, user: choice.user }
  const { user } = choice
  const profile = await ram.loginProfiles.of(user.id)
  const preference = await ram.accounts.securityPreference(accountId)
  const hasCodes = (await ram.mfaDevices.of(user.id)) !== undefined
  const hasSecondFactor = hasCodes || (await ram.securityKeys.of(user.id)).length > 0
  const refusal = refusalOf(identity, { profile, hasSecondFactor, preference }, address)
  if (refusal !== undefined || profile === undefined) return { refusal: refusal ?? 'SingleSignOnNoLogon', user }
  return { user, profile, preference }
}

async function knownUsers(
  db: Reader,
  accountId: string,
  { claim, ...identity }: ProvenIdentity,
  isEmail: boolean,
): Promise<KnownUsers> {
  const { users, identities } = createRam(db)
  const boundId = await identities.userOf(accountId, identity)
  const bound = boundId === undefined ? undefined : await users.userById(boundId)
  if (bound !== undefined || claim === undefined) return { bound, named: [] }
  const byName = isEmail ? undefined : await users.user(accountId, claim)
  const found = isEmail ? await users.usersWithEmail(accountId, claim) : byName === undefined ? [] : [byName]
  const subjects = found.map(async (user) => ({
    user,
    subject: await identities.subjectOf(user.id, identity.issuer),
  }))
  return { bound, named: await Promise.all(subjects) }
}
