import type { Explanation } from './explanations.ts'

export const sessionCauses = {
  'Session.OfSession': {
    en: [
      'The call is signed with temporary keys. Only a lasting access key begins a console session.',
      'Sign with the access key, or log on to the console again.',
    ],
    zh: ['请求使用临时密钥签名，只有长期访问密钥可以创建控制台会话。', '使用访问密钥签名，或重新登录控制台。'],
  },
  'Session.NotFound': {
    en: [
      'The call is signed with a lasting access key, which has no session to end.',
      'Sign with the temporary keys (`STS.…`) of the session.',
    ],
    zh: ['请求使用长期访问密钥签名，没有可结束的会话。', '使用会话的临时密钥（`STS.…`）签名。'],
  },
} as const satisfies Record<string, Explanation>
