import type { Explanation } from './explanations.ts'

/** Address blocks of an instance, and the addresses it is hidden behind. */
export const addressCauses = {
  CidrConflict: {
    en: ['Two blocks of the request overlap or repeat.', 'Send blocks that are apart from each other.'],
    zh: ['请求中的两个网段重叠或重复。', '传入互不重叠的网段。'],
    in: {
      BindSmartAccessGateway: {
        en: [
          'A block of the instance overlaps one of a member of the CCN, lies outside its range or in its SNAT range, or a member uses the same SNAT address.',
          'Change the blocks with ModifySmartAccessGateway, or the range with ModifyCloudConnectNetwork.',
        ],
        zh: [
          '实例的网段与云连接网成员重叠、不在云连接网网段内或位于其 SNAT 网段内，或 SNAT 地址与成员相同。',
          '用 ModifySmartAccessGateway 修改网段，或用 ModifyCloudConnectNetwork 修改云连接网网段。',
        ],
      },
    },
  },
  InvalidCidr: {
    en: [
      'A block can be read and is not a network: its mask is outside 8–32 (172.16.0.0 from 12, 192.168.0.0 from 16), or host bits are set (`10.0.0.1/24`).',
      'Write the first address of the network: `10.0.0.0/24`.',
    ],
    zh: [
      '网段可解析，但不是合法网络：掩码不在 8～32 内（172.16.0.0 至少 12 位，192.168.0.0 至少 16 位），或主机位不为零（`10.0.0.1/24`）。',
      '写网络的首地址，例如 `10.0.0.0/24`。',
    ],
  },
  'SAG.InvalidCidr': {
    en: [
      'The block is reserved: `0.0.0.0/8`, `100.64.0.0/10`, `127.0.0.0/8`, `169.254.0.0/16`, `224.0.0.0/4` and `240.0.0.0/4` are.',
      'Use a private range, such as a part of `10.0.0.0/8`.',
    ],
    zh: [
      '网段为保留地址：`0.0.0.0/8`、`100.64.0.0/10`、`127.0.0.0/8`、`169.254.0.0/16`、`224.0.0.0/4`、`240.0.0.0/4`。',
      '使用私网网段，例如 `10.0.0.0/8` 的一部分。',
    ],
  },
  'SAG.InvalidCidrFormat': {
    en: [
      'A block is not written as `a.b.c.d/length`.',
      'Write IPv4 networks, separated by commas: `10.0.0.0/24,10.0.1.0/24`.',
    ],
    zh: ['网段不是 `a.b.c.d/长度` 形式。', '写 IPv4 网段，以逗号分隔，例如 `10.0.0.0/24,10.0.1.0/24`。'],
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
  'SAG.CidrAmountLimit': {
    en: ['The request has more blocks than an instance may have.', 'Join neighbouring blocks into larger ones.'],
    zh: ['网段个数超过实例配额。', '将相邻网段合并。'],
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
  'SAG.IpCountTooLittle': {
    en: [
      'The blocks have fewer usable addresses than the SAG APP has bought connections; three of each block are not usable.',
      'Send larger blocks, or lower the number with DowngradeSmartAccessGatewaySoftware.',
    ],
    zh: [
      '网段的可用地址数少于 SAG APP 购买的客户端数；每个网段有 3 个地址不可用。',
      '使用更大的网段，或用 DowngradeSmartAccessGatewaySoftware 减少数量。',
    ],
  },
  'SAG.SslConnectionSpecInvalid': {
    en: [
      'The SAG APP has more accounts than connections, since it was downgraded.',
      'Delete accounts, or call UpgradeSmartAccessGatewaySoftware.',
    ],
    zh: ['降配后，SAG APP 的账号数多于购买的客户端数。', '删除部分账号，或调用 UpgradeSmartAccessGatewaySoftware。'],
  },
  'SAG.NotAllowConfigCidr': {
    en: [
      'The instance routes dynamically: the devices report their networks.',
      'Send `RoutingStrategy=static` together with `CidrBlock`.',
    ],
    zh: ['实例使用动态路由，网段由设备上报。', '将 `RoutingStrategy=static` 与 `CidrBlock` 一起传入。'],
  },
  'SAG.InvalidRoutingStrategy': {
    en: ['`RoutingStrategy` is neither `static` nor `dynamic`.', 'Send one of the two.'],
    zh: ['`RoutingStrategy` 既不是 `static` 也不是 `dynamic`。', '传入其中之一。'],
  },
  'SAG.CcnCidrNoConfig': {
    en: [
      'The SAG APP is in a CCN without a range, so nothing says which blocks may be used.',
      'Call ModifyCloudConnectNetwork with `CidrBlock` first.',
    ],
    zh: ['SAG APP 所在的云连接网没有配置网段。', '先用 ModifyCloudConnectNetwork 设置 `CidrBlock`。'],
    in: {
      ModifyCloudConnectNetwork: {
        en: ['A SNAT range was sent for a CCN that has no range it could lie in.', 'Send `CidrBlock` with it.'],
        zh: ['云连接网没有网段，不能设置 SNAT 网段。', '同时传入 `CidrBlock`。'],
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
  'SAG.ConflictCidr.CcnSnatCidr': {
    en: [
      'A block overlaps the SNAT range of the CCN.',
      'Choose blocks outside `SnatCidrBlock` of DescribeCloudConnectNetworks.',
    ],
    zh: ['网段与云连接网的 SNAT 网段重叠。', '避开 DescribeCloudConnectNetworks 中的 `SnatCidrBlock`。'],
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
  },
  'SAG.ConflictSnatIp': {
    en: [
      'A SNAT address is in use: by another entry or instance, or it would lie in a block of this one; or the SNAT range has no free address.',
      'Choose a free one, or leave it out to be given one.',
    ],
    zh: [
      'SNAT 地址已被其他条目或实例使用，或位于本实例的网段内；或 SNAT 网段已无空闲地址。',
      '选择未使用的地址，或不传以自动分配。',
    ],
  },
  ParameterSagSnatId: {
    en: ['The instance has no such SNAT entry.', 'Take the id from DescribeSnatEntries; a deleted one is gone.'],
    zh: ['该实例没有此 SNAT 条目。', '从 DescribeSnatEntries 获取 ID；已删除的无需再删。'],
  },
  'SNAT.AmountLimit': {
    en: ['The instance has as many SNAT entries as it may have.', 'Delete one with DeleteSnatEntry.'],
    zh: ['SNAT 条目数已达上限。', '用 DeleteSnatEntry 删除一条。'],
  },
  'SNAT.CidrConfigExist': {
    en: [
      'The source overlaps that of another entry of the instance.',
      'Delete that one first (DescribeSnatEntries), or choose another source.',
    ],
    zh: ['源网段与该实例的其他条目重叠。', '先删除该条目（见 DescribeSnatEntries），或更换源网段。'],
  },
  'SNAT.SnatDnatIpConflict': {
    en: ['A DNAT entry uses the address.', 'Choose another one.'],
    zh: ['该地址已被 DNAT 条目使用。', '换一个地址。'],
  },
  'VbrConflict.ChangeSubnet': {
    en: [
      'A block overlaps a route of a leased line (VBR) in the CEN, and this instance cannot back that line up.',
      'Choose blocks apart from it; `opensag operator vbr list` shows the routes.',
    ],
    zh: [
      '网段与云企业网内专线（VBR）的路由重叠，且该实例不能备份该专线。',
      '选择不重叠的网段；`opensag operator vbr list` 显示路由。',
    ],
    in: {
      UnbindVbr: {
        en: [
          'The instance has blocks the leased line routes too; without the backup relation they would be in conflict.',
          'Change them with ModifySmartAccessGateway first.',
        ],
        zh: ['实例的网段同时由专线路由；解除备份关系后会冲突。', '先用 ModifySmartAccessGateway 修改网段。'],
      },
    },
  },
  'VbrConflict.CreateBackup': {
    en: [
      'A block overlaps a route of a leased line (VBR) in the CEN that this instance could back up.',
      'Call BindVbr, then repeat the call; or choose other blocks.',
    ],
    zh: ['网段与云企业网内专线（VBR）的路由重叠，该实例可备份该专线。', '先调用 BindVbr 再重试，或更换网段。'],
    in: {
      BindVbr: {
        en: [
          'A block of the instance overlaps a route of another VBR in the CEN.',
          'Bind that VBR instead, or change the blocks.',
        ],
        zh: ['实例的网段与云企业网内另一 VBR 的路由重叠。', '改为绑定该 VBR，或修改网段。'],
      },
    },
  },
} as const satisfies Record<string, Explanation>
