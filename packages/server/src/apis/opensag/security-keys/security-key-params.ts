import { secret, text } from '../../../declare/index.ts'

/** Keys a user can have: one to use, one in a safe, and those of a few devices. */
export const mostSecurityKeys = 5

export const securityKeyId = text()
  .matches(/^sk-[a-z0-9]{1,40}$/)
  .example('sk-l934tsa5504yuc0000')
  .about('The ID of the key.', '安全密钥的 ID。')

export const ownPassword = secret(/^[\s\S]{1,128}$/)

export const quotaRow = {
  'QuotaExceeded.SecurityKey': [
    400,
    'The user has as many security keys as it can have.',
    '用户的安全密钥数已达上限。',
  ],
} as const

/** Without an example: it would be of another user, which the caller of the explorer may not see. */
export const ramUserName = text()
  .matches(/^[A-Za-z0-9._-]{1,64}$/)
  .about('The RAM user; without it the caller.', 'RAM 用户，默认为调用者。')

/** A user as policies write it. */
export function userResource(accountId: string, name: string): string {
  return `acs:ram:*:${accountId}:user/${name}`
}
