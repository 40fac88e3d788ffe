import type { Secret } from '@opensag/protocol'
import { type PasswordRules, passwordRulesFor } from '../access/new-login-password.ts'
import type { SecurityPreference } from '../model/security-preference.ts'
import type { Sealer } from '../sealing/sealing.ts'
import type { LoginProfile } from '../store/access/login-profiles.ts'
import type { MfaDevice } from '../store/access/mfa-devices.ts'
import { createRam } from '../store/access/ram.ts'
import type { SecurityKey } from '../store/access/security-keys.ts'
import type { RamUser } from '../store/access/users.ts'
import type { Store } from '../store/store.ts'
import type { ConsoleLogon } from './request.ts'

/** Whoever a logon names, with everything that decides about it, as it was in one moment. */
export interface Found {
  readonly user: RamUser
  readonly profile: LoginProfile
  readonly rules: PasswordRules
  readonly preference: SecurityPreference
  readonly secondFactor: { readonly device: MfaDevice; readonly seed: Secret } | undefined
  readonly securityKeys: readonly SecurityKey[]
}

/** Undefined where there is no such account or user, or nothing to log on with. */
export async function findUser(
  { store, sealer }: { readonly store: Store; readonly sealer: Sealer },
  { userName, account }: Pick<ConsoleLogon, 'userName' | 'account'>,
): Promise<Found | undefined> {
  return store.read(async (db) => {
    const ram = createRam(db, sealer)
    const accountId = await ram.accounts.named(account)
    const user = accountId === undefined ? undefined : await ram.users.user(accountId, userName)
    const profile = user === undefined ? undefined : await ram.loginProfiles.of(user.id)
    if (user === undefined || profile === undefined) return undefined
    const device = await ram.mfaDevices.of(user.id)
    return {
      user,
      profile,
      rules: await passwordRulesFor(ram, user, profile),
      preference: await ram.accounts.securityPreference(user.accountId),
      secondFactor: device && { device, seed: await ram.mfaDevices.seed(device) },
      securityKeys: await ram.securityKeys.of(user.id),
    }
  })
}
