import type { Explanations } from '../explanation.ts'

export const invalidSecurity = {
  'InvalidSecurityKey.Challenge': {
    en: [
      'What the key signed is no challenge that is open for this session: it is older than five minutes, was answered before, or was made for another session or another address of the console.',
      'Call CreateSecurityKeyChallenge again, and answer that challenge once.',
    ],
    zh: [
      '密钥签名的挑战不属于本会话或已失效：超过五分钟、已使用，或由其他会话或控制台的其他地址创建。',
      '重新调用 CreateSecurityKeyChallenge，对返回的挑战仅应答一次。',
    ],
  },
  'InvalidSecurityKey.Proof': {
    en: [
      'What the browser gave is no answer of a key that was touched at this address of the console, or it has a statement about its maker, which is not asked for.',
      'Pass on what `navigator.credentials.create` gave, with `attestation: "none"`.',
    ],
    zh: [
      '浏览器返回的数据不是在控制台该地址触摸密钥后的应答，或包含未请求的制造商证明。',
      '使用 `attestation: "none"`，并原样传入 `navigator.credentials.create` 返回的数据。',
    ],
  },
  'InvalidSecurityToken.Expired': {
    en: ['The session of the `SecurityToken` has ended.', 'Get new temporary credentials.'],
    zh: ['`SecurityToken` 对应的会话已过期。', '重新获取临时凭证。'],
  },
  'InvalidSecurityToken.Malformed': {
    en: ['The `SecurityToken` has characters no token has, or is too long.', 'Send it exactly as it was given.'],
    zh: ['`SecurityToken` 包含非法字符或过长。', '按获取时的原样传入。'],
  },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    en: [
      'The `SecurityToken` belongs to another access key, or a lasting key was sent with one.',
      'Send the three parts of one set of temporary credentials, or leave the token out with a lasting key.',
    ],
    zh: [
      '`SecurityToken` 属于另一个 AccessKey，或长期 AccessKey 附带了令牌。',
      '三项临时凭证须来自同一次签发；使用长期 AccessKey 时不传令牌。',
    ],
  },
} as const satisfies Explanations<'InvalidSecurity'>
