import type { Explanations } from '../explanation.ts'

export const sagSoftware = {
  'SAG.SoftwareNoSupportVbr': {
    en: ['The instance is a SAG APP; it cannot back a line up.', 'Use the id of a gateway.'],
    zh: ['该实例为 SAG APP，不能备份专线。', '使用网关实例的 ID。'],
  },
  'SAG.SoftwareNotSupport': {
    en: [
      'The instance is a SAG APP: it has no device. (The message speaks of ACLs; it is the published one.)',
      'Use the id of a gateway.',
    ],
    zh: ['该实例为 SAG APP，没有设备。（消息中的 ACL 为公开原文。）', '使用网关实例的 ID。'],
    in: {
      AssociateACL: {
        en: ['The instance is a SAG APP, and the list is for gateways.', 'Use a list of the type `acl-software`.'],
        zh: ['该实例为 SAG APP，而列表用于网关。', '使用 `acl-software` 类型的列表。'],
      },
    },
  },
  'SAG.SoftwareNotSupportFeature': {
    en: ['The instance is a vCPE: its images have no local console.', 'Use the id of a hardware instance.'],
    zh: ['该实例为 vCPE，其镜像没有本地控制台。', '使用硬件实例的 ID。'],
  },
} as const satisfies Explanations<'SAG.Software'>
