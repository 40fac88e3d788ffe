import { Secret } from '@opensag/protocol'
import { type Mailer, MailNotSent } from '../mail/mailer.ts'
import type { AlertMessage } from '../model/alert-message.ts'
import type { AlertChannel } from '../store/alerts/channels.ts'
import { formats, textOf } from './formats.ts'
import { NotPosted, type Post } from './poster.ts'
import { wordingOf } from './wording.ts'

/** Sends a message to a channel, now and once. Resolves with why it was not sent; undefined: it was taken over. */
export type SendAlert = (
  channel: Pick<AlertChannel, 'kind' | 'target' | 'secret' | 'language'>,
  message: AlertMessage,
) => Promise<string | undefined>

export interface SenderOptions {
  readonly post: Post
  readonly mailer: Mailer
  readonly wallClock: () => number
}

export function createAlertSender({ post, mailer, wallClock }: SenderOptions): SendAlert {
  return async ({ kind, target, secret, language }, message) => {
    if (kind === 'Mail') return sendMail(mailer, target.reveal(), message, wordingOf(message, language))
    const format = formats[kind]
    try {
      return format.failure(await post(format.post(message, { target, secret, language, now: wallClock() })))
    } catch (error) {
      if (error instanceof NotPosted) return error.message
      throw error
    }
  }
}

async function sendMail(
  mailer: Mailer,
  to: string,
  { accountId, alerts }: AlertMessage,
  wording: ReturnType<typeof wordingOf>,
): Promise<string | undefined> {
  try {
    const [first] = alerts
    const text = Secret.of(`${textOf(wording)}\n`)
    await mailer.send({ to, instanceId: first?.instanceId ?? '', accountId, subject: wording.title, text })
    return undefined
  } catch (error) {
    if (error instanceof MailNotSent) return 'mail not taken over'
    throw error
  }
}
