import type { Secret } from '@opensag/protocol'
import { createTransport } from 'nodemailer'
import { type Mailer, MailNotSent } from './mailer.ts'

export interface SmtpSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte. Without it the server must offer STARTTLS, unless it is on this machine. */
  readonly secure: boolean
  readonly user?: string | undefined
  readonly password?: Secret | undefined
  /** The address mails come from. */
  readonly from: string
  /** How long handing one mail over may take, from connecting to the server's last word, milliseconds. */
  readonly timeoutMs: number
}

/** Sends through a mail server. Passwords leave this machine under TLS or not at all. */
export function createSmtpMailer({ timeoutMs, ...settings }: SmtpSettings): Mailer {
  const { host, port, secure, user, password, from } = settings
  const local = host === 'localhost' || host === '::1' || /^127\./.test(host)
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !local,
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password.reveal() } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text }) {
      // The limits above count anew with every word of the server; somebody waits for the answer to a call.
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        await transport.sendMail(withSignal({ from, to, subject, text: text.reveal(), textEncoding: 'base64' }, signal))
      } catch (error) {
        throw new MailNotSent(`The mail server ${host}:${port} did not take the mail over (${findingOf(error)}).`)
      }
    },
  }
}

/** Nodemailer takes one; its published types do not have it yet. */
function withSignal<T extends object>(mail: T, signal: AbortSignal): T {
  return Object.assign(mail, { signal })
}

/** Code, command and reply code. The reply's own words are left out, because a server may repeat the mail in them. */
function findingOf(error: unknown): string {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number }
  return [code, command, responseCode].filter((part) => part !== undefined && part !== '').join(', ') || 'unknown'
}
