import { texts } from '../../app/texts.ts'

export const outboxTexts = texts(
  {
    title: 'Sandbox outbox',
    sub: 'Mails a server would have sent, with the passwords in them. They are kept in memory only; the newest first.',
    none: 'No mail yet. Reset the password of a remote user, and here is what the user gets.',
    show: 'Show the text',
    hide: 'Hide the text',
  },
  {
    title: '沙箱邮件',
    sub: '服务器本应发送的邮件（含密码），仅保存在内存中，新的在前。',
    none: '暂无邮件。重置远程用户的密码后，用户收到的邮件会显示在这里。',
    show: '显示正文',
    hide: '隐藏正文',
  },
)
