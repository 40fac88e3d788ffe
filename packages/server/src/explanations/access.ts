import type { Explanation } from './explanations.ts'

export const accessCauses = {
  'InvalidParameter.Principal': {
    en: [
      'The call names neither a user, nor a role, nor a document, or both a user and a role.',
      'Name the user or the role whose access is in question; a document alone is judged by itself.',
    ],
    zh: [
      '既未指定用户、角色，也未指定权限策略内容；或同时指定了用户和角色。',
      '指定要判断的用户或角色；仅指定权限策略内容时，单独判断该策略。',
    ],
  },
} as const satisfies Record<string, Explanation>
