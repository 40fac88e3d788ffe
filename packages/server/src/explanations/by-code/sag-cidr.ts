import type { Explanations } from '../explanation.ts'

export const sagCidr = {
  'SAG.CidrAmountLimit': {
    en: ['The request has more blocks than an instance may have.', 'Join neighbouring blocks into larger ones.'],
    zh: ['网段个数超过实例配额。', '将相邻网段合并。'],
  },
  'SAG.CidrEmpty': {
    en: ['`CidrBlock` was sent without any block in it.', 'Send at least one, or leave the parameter out.'],
    zh: ['传入了 `CidrBlock`，但没有任何网段。', '至少传一个网段，或不传该参数。'],
    in: {
      CreateSmartAccessGatewayClientUser: {
        en: ['The SAG APP has no address pool yet.', 'Give it one: ModifySmartAccessGateway with `CidrBlock`.'],
        zh: ['SAG APP 尚未配置地址池。', '用 ModifySmartAccessGateway 设置 `CidrBlock`。'],
      },
      RoamClientUser: {
        en: [
          'One of the two SAG APP instances has no address pool.',
          'Give it one: ModifySmartAccessGateway with `CidrBlock`.',
        ],
        zh: ['两个 SAG APP 实例之一没有地址池。', '用 ModifySmartAccessGateway 设置 `CidrBlock`。'],
      },
    },
  },
  'SAG.CidrOverlap': {
    en: [
      'A block overlaps one of another instance in the same CCN, or of a SAG APP whose accounts roam here.',
      'Choose a free block, or change the other instance first.',
    ],
    zh: ['网段与同一云连接网内其他实例、或存在漫游关系的 SAG APP 重叠。', '选择未使用的网段，或先修改另一实例。'],
    in: {
      RoamClientUser: {
        en: [
          'The pools of the two SAG APP instances overlap.',
          'Give one of them other blocks with ModifySmartAccessGateway.',
        ],
        zh: ['两个 SAG APP 实例的地址池重叠。', '用 ModifySmartAccessGateway 为其中之一更换网段。'],
      },
    },
  },
  'SAG.CidrUsedByRoutableAddress': {
    en: [
      'A block that would go away holds a service address of a device (remote logon or a probe).',
      'Keep the block, or remove the addresses first with ClearSagRouteableAddress.',
    ],
    zh: [
      '将被移除的网段内有设备的服务地址（远程登录或探测）。',
      '保留该网段，或先用 ClearSagRouteableAddress 清除地址。',
    ],
  },
} as const satisfies Explanations<'SAG.Cidr'>
