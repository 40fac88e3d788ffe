import type { Explanation } from './explanations.ts'

export const stsCauses = {
  'InvalidParameter.RoleArn': {
    en: [
      '`RoleArn` is not of the form `acs:ram::<account>:role/<name>`.',
      'Take the `Arn` of the role from GetRole or ListRoles.',
    ],
    zh: ['`RoleArn` 不是 `acs:ram::<账号>:role/<角色名>` 的形式。', '从 GetRole 或 ListRoles 获取角色的 `Arn`。'],
  },
  'InvalidParameter.RoleSessionName': {
    en: [
      'A session name has 2–64 letters, digits and `.`, `@`, `-`, `_`.',
      'Choose a name like that; it shows in the audit trail.',
    ],
    zh: ['会话名称为 2～64 个字母、数字或 `.`、`@`、`-`、`_`。', '按规则命名，名称会显示在操作审计中。'],
  },
  'InvalidParameter.DurationSeconds': {
    en: [
      'The session would be shorter than 900 seconds or longer than the `MaxSessionDuration` of the role.',
      'Ask for less, or raise the limit with UpdateRole.',
    ],
    zh: ['会话有效期短于 900 秒，或超过角色的 `MaxSessionDuration`。', '缩短有效期，或通过 UpdateRole 提高上限。'],
  },
  'InvalidParameter.PolicySize': {
    en: ['The session policy has more than 2,048 characters.', 'Shorten it, or attach a policy to the role instead.'],
    zh: ['会话策略超过 2048 个字符。', '缩短策略，或改为给角色授权。'],
  },
  'InvalidParameter.PolicyGrammar': {
    en: ['The session policy is no policy.', 'CreatePolicy tells the place of the mistake in the same document.'],
    zh: ['会话策略语法错误。', '用同一文档调用 CreatePolicy 可得知错误的位置。'],
  },
} as const satisfies Record<string, Explanation>
