import type { Explanations } from '../explanation.ts'

export const forbidden = {
  Forbidden: {
    en: [
      'No policy allows the caller this, or the resource belongs to another account; a grant does not change that.',
      'Use an id of your own account, or a session of a role of the owner. `AccessDeniedDetail` names the action that a policy must allow.',
    ],
    zh: [
      '权限策略不允许，或资源属于其他账号；跨账号授权不改变这一点。',
      '使用本账号的资源 ID，或使用所有者账号的角色会话。`AccessDeniedDetail` 给出权限策略需要允许的操作。',
    ],
    in: {
      BindVbr: {
        en: [
          'The instance belongs to another account that has not granted it to this VBR, or `SmartAGUid` is missing; a grant to a CCN does not cover leased lines.',
          'Let the owner call GrantSagInstanceToVbr and send the owner’s id as `SmartAGUid`.',
        ],
        zh: [
          '实例属于其他账号且未授权给该 VBR，或未传 `SmartAGUid`；对云连接网的授权不包含专线。',
          '由所有者调用 GrantSagInstanceToVbr，并将其账号 ID 作为 `SmartAGUid` 传入。',
        ],
      },
      BindSmartAccessGateway: {
        en: [
          'The CCN is not yours, or the instance is another account’s without a grant to this CCN, or `SmartAGUid` is missing.',
          'Let the owner call GrantSagInstanceToCcn and send the owner’s id as `SmartAGUid`.',
        ],
        zh: [
          '云连接网不属于您，或实例属于其他账号且未授权给该云连接网，或未传 `SmartAGUid`。',
          '由所有者调用 GrantSagInstanceToCcn，并将其账号 ID 作为 `SmartAGUid` 传入。',
        ],
      },
    },
  },
  'Forbidden.RAM': {
    en: [
      'A policy does not allow the caller this operation on this resource.',
      'Ask the owner of the account for the action and the resource that docs/operations.md gives as “Access”.',
    ],
    zh: [
      '权限策略不允许调用者对该资源执行此操作。',
      '请账号所有者授予 docs/operations.zh-CN.md 中“权限”所列的操作与资源。',
    ],
  },
  'Forbidden.SubUser': {
    en: ['A user or role of the account is not allowed this.', 'Ask the owner of the account for the permission.'],
    zh: ['子用户或角色没有此权限。', '请账号所有者授权。'],
  },
  'Forbidden.TagKey.Duplicated': {
    en: ['Two tags of the request have the same key.', 'Send each key once.'],
    zh: ['请求中的标签键重复。', '每个键只传一次。'],
  },
} as const satisfies Explanations<'Forbidden'>
