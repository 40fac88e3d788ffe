import { Secret } from '@opensag/protocol'
import type { Mail } from './mailer.ts'

export interface PasswordMail {
  readonly to: string
  readonly instanceId: string
  /** As its owner wrote it; an App of before the codes has none. */
  readonly enterpriseCode: string | undefined
  readonly userName: string
  readonly password: Secret
}

/** What a remote user needs to log on, in both languages (D: these four facts). */
export function accountMail(facts: PasswordMail): Mail {
  return mailOf(facts, {
    subject: 'Your remote access account / 您的远程接入账号',
    en: 'An account for remote access has been created for you.',
    zh: '已为您创建远程接入账号。',
  })
}

export function resetMail(facts: PasswordMail): Mail {
  return mailOf(facts, {
    subject: 'Your new remote access password / 您的远程接入新密码',
    en: 'The password of your account for remote access has been reset. The old one no longer works.',
    zh: '您的远程接入账号密码已重置，旧密码不再可用。',
  })
}

function mailOf(
  { to, instanceId, enterpriseCode = '-', userName, password }: PasswordMail,
  { subject, en, zh }: { readonly subject: string; readonly en: string; readonly zh: string },
): Mail {
  const secret = password.reveal()
  const text = `${en}

Instance ID:     ${instanceId}
Enterprise code: ${enterpriseCode}
User name:       ${userName}
Password:        ${secret}

${zh}

实例 ID：${instanceId}
企业码：${enterpriseCode}
用户名：${userName}
密码：${secret}
`
  return { to, instanceId, subject, text: Secret.of(text) }
}
