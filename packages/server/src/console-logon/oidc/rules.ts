import { mayLogOnFrom } from '../../access/login-networks.ts'
import type { SecurityPreference } from '../../model/security-preference.ts'
import type { ProviderIdentity } from '../../store/access/identities.ts'
import type { LoginProfile } from '../../store/access/login-profiles.ts'
import type { RamUser } from '../../store/access/users.ts'
import type { RefusalCode } from '../refusals.ts'

/** What a provider has said of somebody, signed. */
export interface ProvenIdentity extends ProviderIdentity {
  /** What the claim that names users says; undefined where it says no text. */
  readonly claim: string | undefined
  readonly emailVerified: boolean
  /** Whether the provider says that it asked for a second factor. */
  readonly usedSecondFactor: boolean
}

/** Users that an identity may be, as they were in one moment. */
export interface KnownUsers {
  /** To whom it is bound. */
  readonly bound: RamUser | undefined
  /** Those that the claim names, and the subject that each is bound to. */
  readonly named: readonly { readonly user: RamUser; readonly subject: string | undefined }[]
}

export type Choice = { readonly user: RamUser } | { readonly refusal: RefusalCode; readonly user?: RamUser }

/** An identity that is bound is that user, whatever its claims say now: an address can be given to another, a subject cannot. */
export function chosenUser(
  { claim, emailVerified }: Pick<ProvenIdentity, 'claim' | 'emailVerified'>,
  isEmail: boolean,
  { bound, named }: KnownUsers,
): Choice {
  if (bound !== undefined) return { user: bound }
  if (claim === undefined) return { refusal: 'SingleSignOnUserUnknown' }
  if (isEmail && !emailVerified) return { refusal: 'SingleSignOnEmailNotVerified' }
  const [only, another] = named
  if (only === undefined || another !== undefined) return { refusal: 'SingleSignOnUserUnknown' }
  if (only.subject !== undefined) return { refusal: 'SingleSignOnOtherIdentity', user: only.user }
  return { user: only.user }
}

export interface Entrance {
  readonly profile: LoginProfile | undefined
  /** A second factor is bound to the user. */
  readonly hasSecondFactor: boolean
  readonly preference: SecurityPreference
}

/**
 * Why a user may not come in that way; undefined where it may. The provider takes the place of the password, so nothing of
 * the password counts: whether it is old, must be changed, or was guessed at too often.
 */
export function refusalOf(
  { usedSecondFactor }: Pick<ProvenIdentity, 'usedSecondFactor'>,
  { profile, hasSecondFactor, preference }: Entrance,
  address: string | undefined,
): RefusalCode | undefined {
  if (profile === undefined) return 'SingleSignOnNoLogon'
  if ((profile.mfaBindRequired || hasSecondFactor) && !usedSecondFactor) return 'SingleSignOnSecondFactor'
  return mayLogOnFrom(preference, address) ? undefined : 'NetworkNotAllowed'
}
