import { z } from 'zod'
import { command, OperatorRefusal } from './command.ts'

export const outboxList = command({
  name: 'outbox list',
  about: 'Show the mails of the sandbox, the newest first, with the passwords in them.',
  sandboxOnly: true,
  input: z.object({ to: z.string().optional().describe('Only those to this address') }),
  async run({ outbox }, { to }) {
    if (outbox === undefined) throw new OperatorRefusal('This server hands its mails to a mail server.')
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
})
