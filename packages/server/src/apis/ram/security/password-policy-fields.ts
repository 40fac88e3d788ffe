import { booleanField, integerField } from '../../../declare/index.ts'
import type { PasswordPolicy } from '../../../model/password-policy.ts'

/** A password policy as RAM shows it. `MaxLoginAttemps`: spelled so on the wire. */
export const passwordPolicyFields = {
  MinimumPasswordLength: integerField,
  RequireLowercaseCharacters: booleanField,
  RequireUppercaseCharacters: booleanField,
  RequireNumbers: booleanField,
  RequireSymbols: booleanField,
  HardExpiry: booleanField,
  MaxPasswordAge: integerField,
  PasswordReusePrevention: integerField,
  MaxLoginAttemps: integerField,
} as const

export function shownPasswordPolicy(policy: PasswordPolicy) {
  return {
    MinimumPasswordLength: policy.minimumLength,
    RequireLowercaseCharacters: policy.requireLowercase,
    RequireUppercaseCharacters: policy.requireUppercase,
    RequireNumbers: policy.requireNumbers,
    RequireSymbols: policy.requireSymbols,
    HardExpiry: policy.hardExpiry,
    MaxPasswordAge: policy.maxAgeDays,
    PasswordReusePrevention: policy.reusePrevention,
    MaxLoginAttemps: policy.maxAttempts,
  }
}
