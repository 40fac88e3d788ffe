import type { Secret } from '@opensag/protocol'
import { meetsPasswordPolicy } from '../model/password-policy.ts'
import type { LoginProfile } from '../store/access/login-profiles.ts'
import type { Ram } from '../store/access/ram.ts'
import type { RamUser } from '../store/access/users.ts'
import { verifyClientPassword } from './client-passwords.ts'
import { isLoginPassword } from './login-password.ts'

/** What a new password of a user is held against. Read inside a unit of work. */
export interface PasswordRules {
  readonly policy: Awaited<ReturnType<Ram['accounts']['passwordPolicy']>>
  /** Hashes of those that cannot be set again: the present one, and as many former ones as the policy says. */
  readonly former: readonly string[]
}

/** @param profile what the user logs on with now; undefined: nothing yet */
export async function passwordRulesFor(
  ram: Pick<Ram, 'accounts' | 'loginProfiles'>,
  user: RamUser,
  profile: Pick<LoginProfile, 'passwordHash'> | undefined,
): Promise<PasswordRules> {
  const policy = await ram.accounts.passwordPolicy(user.accountId)
  if (policy.reusePrevention === 0 || profile === undefined) return { policy, former: [] }
  const former = await ram.loginProfiles.formerPasswords(user, policy.reusePrevention)
  return { policy, former: [profile.passwordHash, ...former] }
}

/** Takes tens of milliseconds for each former password: never inside a unit of work. */
export async function isAcceptablePassword({ policy, former }: PasswordRules, password: Secret): Promise<boolean> {
  if (!isLoginPassword(password) || !meetsPasswordPolicy(policy, password.revealBytes())) return false
  for (const hash of former) if (await verifyClientPassword(hash, password)) return false
  return true
}
