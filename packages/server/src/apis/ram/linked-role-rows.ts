import type { ErrorTable } from '../../declare/index.ts'

/** Why a row about roles of services is not in the published list. */
const outside = {
  forLinkedRoles: {
    en: 'The published list is older than service-linked roles. The form is that of its other codes.',
    zh: '公开的错误码列表早于服务关联角色，形式与其他错误码一致。',
  },
  onPageOfLinkedRoles: {
    en: 'The published list is older than service-linked roles; Resource Management publishes this row for the same operation.',
    zh: '公开的错误码列表早于服务关联角色；资源管理的同名接口公开了该错误码。',
  },
} as const

export const linkedRoleRows = {
  'EntityNotExist.Service': [404, 'The service does not exist.', '云服务不存在。', outside.onPageOfLinkedRoles],
  'InvalidParameter.CustomSuffix.NotAllowed': [
    400,
    'Custom suffix is not allowed for this Service Linked Role.',
    '该服务关联角色不允许自定义后缀。',
    outside.onPageOfLinkedRoles,
  ],
  'InvalidParameter.Description.NotAllowed': [
    400,
    'Custom description is not allowed for default service linked role.',
    '默认的服务关联角色不允许自定义描述。',
    outside.onPageOfLinkedRoles,
  ],
  'NotSupport.ServiceLinkedRole': [
    400,
    'This method can not be invoked for a service linked role.',
    '不支持对服务关联角色进行该操作。',
    outside.forLinkedRoles,
  ],
  'EntityNotExist.ServiceLinkedRole': [
    404,
    'This role exists but is not a Service Linked Role.',
    '该角色不是服务关联角色。',
    outside.onPageOfLinkedRoles,
  ],
} as const satisfies ErrorTable
