import type { Secret } from '@opensag/protocol'

export interface Mail {
  readonly to: string
  /** The instance it is about: whose owner a sandbox shows it to. */
  readonly instanceId: string
  /** Of a mail that is about no instance: whose it is. */
  readonly accountId?: string | undefined
  readonly subject: string
  /** May hold a password, so it is one. */
  readonly text: Secret
}

/** Hands mails to a mail server. */
export interface Mailer {
  /** Resolves when a mail server has taken it over. @throws MailNotSent */
  send(mail: Mail): Promise<void>
}

/** No mail server has taken the mail over. The message tells where it failed and never what was in the mail. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent'
}

/** Stands where no mail server is configured: whoever needs one is told. */
export const noMailer: Mailer = {
  async send() {
    throw new MailNotSent('No mail server is configured.')
  },
}
