import type { Explanation } from './explanations.ts'

/** Errors of our own operations. */
export const openSagCauses = {
  OutboxNotSupported: {
    en: [
      'Only a sandbox keeps the mails it would send.',
      'Look into the mailbox of the recipient, or at the log of the mail server.',
    ],
    zh: ['只有沙箱会保留待发邮件。', '请查看收件人邮箱或邮件服务器的日志。'],
  },
} as const satisfies Record<string, Explanation>
