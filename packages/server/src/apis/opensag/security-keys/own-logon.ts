import type { Secret } from '@opensag/protocol'
import { verifyClientPassword } from '../../../access/client-passwords.ts'
import { type PasswordRules, passwordRulesFor } from '../../../access/new-login-password.ts'
import { type Site, siteAt } from '../../../access/security-keys/site.ts'
import type { Refusal } from '../../../declare/index.ts'
import { isLockedOut } from '../../../model/password-policy.ts'
import type { LoginProfile } from '../../../store/access/login-profiles.ts'
import type { SecurityKey } from '../../../store/access/security-keys.ts'
import { profileTag } from '../../../store/access/sts-sessions.ts'
import type { RamUser } from '../../../store/access/users.ts'
import type { OperationContext } from '../../context.ts'

// A user needs no policy to deal with keys of its own, which open nothing by themselves: it needs what it logs on with.

export const ownLogonRows = {
  'SecurityKey.NoLogon': [
    403,
    'Only a RAM user who has logged on to the console with a password can do this with keys of their own.',
    '只有以密码登录控制台的 RAM 用户才能管理自己的安全密钥。',
  ],
  'SecurityKey.FactorNeeded': [
    403,
    'Log on to the console with the second factor first.',
    '请先使用多因素认证登录控制台。',
  ],
} as const

export const wrongPasswordRow = {
  'InvalidOwnPassword.Incorrect': [403, 'The password is wrong.', '密码错误。'],
} as const

export const noSiteRow = {
  'SecurityKey.NoSite': [
    403,
    'Browsers have security keys only where the console was opened over HTTPS and by a name.',
    '浏览器仅在通过 HTTPS 和域名打开的控制台中支持安全密钥。',
  ],
} as const

export interface OwnLogon {
  readonly user: RamUser
  readonly profile: LoginProfile
  readonly rules: PasswordRules
  readonly keys: readonly SecurityKey[]
  readonly hasCodes: boolean
}

type Asking<C extends string> = Pick<OperationContext, 'caller' | 'unit' | 'circumstances' | 'endpoint'> & {
  readonly fail: (code: C) => Refusal
}

/**
 * Who is logged on with a password, and with a second factor where there is one: a session from before it was bound, which somebody
 * else may have got hold of, can neither add one of its own nor take that away.
 */
export async function ownLogon({ caller, unit, fail }: Asking<keyof typeof ownLogonRows>): Promise<OwnLogon> {
  if (caller.kind !== 'RAMUser') throw fail('SecurityKey.NoLogon')
  const { userId, accessKeyId, mfaPresent } = caller
  const found = await unit.read(async ({ ram, sessions }) => {
    const user = await ram.users.userById(userId)
    const profile = await ram.loginProfiles.of(userId)
    const basis = await sessions.basis(accessKeyId)
    if (user === undefined || profile === undefined) return undefined
    if (basis?.profileTag !== profileTag(profile.passwordHash)) return undefined
    const hasCodes = (await ram.mfaDevices.of(userId)) !== undefined
    const rules = await passwordRulesFor(ram, user, profile)
    return { user, profile, rules, keys: await ram.securityKeys.of(userId), hasCodes }
  })
  if (found === undefined) throw fail('SecurityKey.NoLogon')
  if ((found.hasCodes || found.keys.length > 0) && mfaPresent !== true) throw fail('SecurityKey.FactorNeeded')
  return found
}

/** Wrong ones count as those of a logon do, where the account limits them. */
export async function checkOwnPassword(
  { unit, circumstances, fail }: Asking<keyof typeof wrongPasswordRow>,
  { user, profile, rules }: OwnLogon,
  password: Secret,
): Promise<void> {
  const isRight = await verifyClientPassword(profile.passwordHash, password)
  if (isRight && !isLockedOut(rules.policy, profile.failures, circumstances.at)) return
  if (!isRight && rules.policy.maxAttempts > 0)
    await unit.write(({ ram }) => ram.loginProfiles.countFailure(user, circumstances.at))
  throw fail('InvalidOwnPassword.Incorrect')
}

export function siteOf({ endpoint, circumstances, fail }: Asking<'SecurityKey.NoSite'>): Site {
  const site = siteAt({ address: endpoint, secure: circumstances.secure })
  if (site === undefined) throw fail('SecurityKey.NoSite')
  return site
}
