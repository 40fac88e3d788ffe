import type { Mail, Mailer } from './mailer.ts'

export interface KeptMail extends Mail {
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The mails of a sandbox, which go nowhere. */
export interface Outbox extends Mailer {
  /** The newest first. */
  list(): readonly KeptMail[]
}

/** In memory and of bounded size: mails hold passwords, and none may reach a disk. */
export function createOutbox(clock: () => number, capacity = 100): Outbox {
  const kept: KeptMail[] = []
  return {
    async send(mail) {
      kept.unshift({ ...mail, at: clock() })
      kept.splice(capacity)
    },
    list: () => [...kept],
  }
}
