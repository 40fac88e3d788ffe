import { z } from 'zod'
import { command, OperatorRefusal } from './command.ts'

export const outboxList = command({
  name: 'outbox list',
  about: 'List the mails of the sandbox, newest first, with the passwords they contain.',
  sandboxOnly: true,
  input: z.object({ to: z.string().optional().describe('Only mails to this address') }),
  async run({ outbox }, { to }) {
    if (outbox === undefined)
      throw new OperatorRefusal('This server sends its mails through a mail server and keeps no copy.')
    return outbox
      .list()
      .filter((mail) => to === undefined || mail.to === to)
      .map((mail) => ({
        at: new Date(mail.at).toISOString(),
        to: mail.to,
        subject: mail.subject,
        text: mail.text.reveal(),
      }))
  },
  text: (mails) =>
    mails.length === 0
      ? '(none)'
      : mails
          .map(({ at, to, subject, text }) => `at: ${at}\nto: ${to}\nsubject: ${subject}\n\n${text}`)
          .join('\n---\n\n'),
})
