import type { Explanations } from '../explanation.ts'

export const sagInvalid = {
  'SAG.InvalidCidr': {
    en: [
      'The block is reserved: `0.0.0.0/8`, `100.64.0.0/10`, `127.0.0.0/8`, `169.254.0.0/16`, `224.0.0.0/4` and `240.0.0.0/4` are.',
      'Use a private range, such as a part of `10.0.0.0/8`.',
    ],
    zh: [
      '网段为保留地址：`0.0.0.0/8`、`100.64.0.0/10`、`127.0.0.0/8`、`169.254.0.0/16`、`224.0.0.0/4`、`240.0.0.0/4`。',
      '使用私网网段，例如 `10.0.0.0/8` 的一部分。',
    ],
    in: {
      ModifySmartAccessGateway: {
        en: [
          'A block is reserved (`0.0.0.0/8`, `100.64.0.0/10`, `127.0.0.0/8`, `169.254.0.0/16`, `224.0.0.0/4` and `240.0.0.0/4` are), or the first block of a gateway, which feeds its DHCP server, is a `/31` or `/32`, in which there is no room for a terminal.',
          'Use a private range, such as a part of `10.0.0.0/8`, and put a block with a mask of at most 30 bits first.',
        ],
        zh: [
          '网段为保留地址（`0.0.0.0/8`、`100.64.0.0/10`、`127.0.0.0/8`、`169.254.0.0/16`、`224.0.0.0/4`、`240.0.0.0/4`），或网关的第一个网段（用于 DHCP）为 `/31` 或 `/32`，无法容纳终端。',
          '使用私网网段，例如 `10.0.0.0/8` 的一部分，并将掩码不超过 30 位的网段放在首位。',
        ],
      },
    },
  },
  'SAG.InvalidCidr.NoBelongCcnCidr': {
    en: [
      'A block lies outside the range of the CCN.',
      'Choose blocks inside it (DescribeCloudConnectNetworks shows it), or widen it with ModifyCloudConnectNetwork.',
    ],
    zh: [
      '网段不在云连接网网段内。',
      '选择其范围内的网段（见 DescribeCloudConnectNetworks），或用 ModifyCloudConnectNetwork 扩大。',
    ],
  },
  'SAG.InvalidCidrFormat': {
    en: [
      'A block is not written as `a.b.c.d/length`.',
      'Write IPv4 networks, separated by commas: `10.0.0.0/24,10.0.1.0/24`.',
    ],
    zh: ['网段不是 `a.b.c.d/长度` 形式。', '写 IPv4 网段，以逗号分隔，例如 `10.0.0.0/24,10.0.1.0/24`。'],
  },
  'SAG.InvalidDataPlan': {
    en: ['`DataPlan` is not the one that is sold: 5 GB for each account and month.', 'Send `5`.'],
    zh: ['`DataPlan` 不是在售套餐：每账号每月 5 GB。', '传入 `5`。'],
  },
  'SAG.InvalidRoutingStrategy': {
    en: ['`RoutingStrategy` is neither `static` nor `dynamic`.', 'Send one of the two.'],
    zh: ['`RoutingStrategy` 既不是 `static` 也不是 `dynamic`。', '传入其中之一。'],
  },
  'SAG.InvalidSerialNumber': {
    en: [
      'No device of this server has this serial number.',
      '`opensag operator device list` shows those it knows; `device add` adds one.',
    ],
    zh: ['服务器上没有该序列号的设备。', '`opensag operator device list` 列出已登记的设备，`device add` 登记新设备。'],
    in: {
      UnbindSerialNumber: {
        en: ['The serial number is not a device of this instance.', 'Take it from DescribeSmartAccessGateways.'],
        zh: ['该序列号不是此实例的设备。', '从 DescribeSmartAccessGateways 获取。'],
      },
    },
  },
  'SAG.InvalidSnatCidr': {
    en: [
      'The source of a SNAT entry is not a lawful network, is reserved, or overlaps that of another entry.',
      'Correct `SnatEntries.N.CidrBlock`.',
    ],
    zh: ['SNAT 条目的源网段不合法、为保留网段，或与其他条目重叠。', '修正 `SnatEntries.N.CidrBlock`。'],
  },
  'SAG.InvalidSnatIp': {
    en: [
      'A SNAT address is not an IPv4 address, or lies outside the SNAT range of the CCN.',
      'Choose one inside it, or leave it out to be given one.',
    ],
    zh: ['SNAT 地址不是 IPv4 地址，或不在云连接网的 SNAT 网段内。', '选择该网段内的地址，或不传以自动分配。'],
    in: {
      AddSnatEntry: {
        en: [
          'No branch can have the address (multicast, loopback, …), or it lies outside the SNAT range of the CCN.',
          'Choose one inside `SnatCidrBlock` of DescribeCloudConnectNetworks; without such a range any that no member has.',
        ],
        zh: [
          '该地址不能用于分支（组播、环回等），或不在云连接网的 SNAT 网段内。',
          '选择 DescribeCloudConnectNetworks 中 `SnatCidrBlock` 内的地址；云连接网没有该网段时，选择成员未使用的地址。',
        ],
      },
    },
  },
  'SAG.InvalidUserCount': {
    en: [
      '`UserCount` is not a whole number from 1 to 2000, or an upgrade would lower it, a downgrade raise it.',
      'Send a number in the right direction; DescribeSmartAccessGatewayAttribute shows the present one.',
    ],
    zh: [
      '`UserCount` 不是 1～2000 的整数，或升配时变小、降配时变大。',
      '按方向传入；当前值见 DescribeSmartAccessGatewayAttribute。',
    ],
  },
} as const satisfies Explanations<'SAG.Invalid'>
