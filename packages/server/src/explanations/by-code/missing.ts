import type { Explanations } from '../explanation.ts'

export const missing = {
  MissingParam: {
    en: [
      'The entry lacks a protocol, an address or a port; `ExternalIp` is needed unless `Type` is `Internet`.',
      'Send it.',
    ],
    zh: ['缺少条目的协议、地址或端口；`Type` 不是 `Internet` 时必须传入 `ExternalIp`。', '传入该参数。'],
  },
  'MissingParam.Password': {
    en: ['`Password` was not sent or is empty.', 'Send the new password.'],
    zh: ['未传 `Password` 或为空。', '传入新密码。'],
  },
  MissingParameter: {
    en: ['A parameter the operation needs was not sent.', 'Send it; docs/operations.md marks the required ones.'],
    zh: ['未传入该操作所需的参数。', '传入必填参数，见 docs/operations.zh-CN.md。'],
  },
  MissingSecurityToken: {
    en: [
      'The access key is a temporary one (`STS.…`) and the `SecurityToken` was not sent.',
      'Send the token with it.',
    ],
    zh: ['使用临时 AccessKey（`STS.…`）但未传 `SecurityToken`。', '同时传入令牌。'],
  },
  'Missing{Name}': {
    en: ['This parameter is required and was not sent.', 'Send it; docs/operations.md says what it means.'],
    zh: ['该参数为必填，但未传入。', '传入该参数；含义见 docs/operations.zh-CN.md。'],
  },
} as const satisfies Explanations<'Missing'>
