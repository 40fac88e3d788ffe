import { texts } from '../../app/texts.ts'

export const sessionEndedTexts = texts(
  {
    title: 'Your session ended',
    lead: (person: string, account: string) => `You are ${person} in account ${account}. Log on again to go on.`,
    kept: 'This page and what you typed are kept.',
    other: 'Leave this page',
    otherHint: 'Somebody else? What was typed here is thrown away.',
  },
  {
    title: '会话已结束',
    lead: (person, account) => `当前用户为账号 ${account} 的 ${person}，重新登录后可继续操作。`,
    kept: '页面与已填写的内容均会保留。',
    other: '离开此页面',
    otherHint: '换人登录时，此处填写的内容将被清除。',
  },
)
