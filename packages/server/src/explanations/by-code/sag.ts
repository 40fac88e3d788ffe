import type { Explanations } from '../explanation.ts'

export const sag = {
  'SAG.AmountLimit': {
    en: [
      'The account has as many instances as it may have.',
      'Delete one it does not need any more; GetSmartAccessGatewayUseLimit shows both numbers.',
    ],
    zh: ['账号的实例数量已达到上限。', '删除不再需要的实例；数量与上限见 GetSmartAccessGatewayUseLimit。'],
  },
  'SAG.Arrearage': {
    en: [
      'The subscription of the App or vCPE instance has ended, or a bill for extra traffic is unpaid.',
      'Renew it (`opensag operator billing renew`) or settle the bill (`opensag operator billing overdue --settled`).',
    ],
    zh: [
      'App 或 vCPE 实例已到期，或超额流量账单未支付。',
      '续费（`opensag operator billing renew`）或结清账单（`opensag operator billing overdue --settled`）。',
    ],
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
  'SAG.ConflictCidr.CcnSnatCidr': {
    en: [
      'A block overlaps the SNAT range of the CCN.',
      'Choose blocks outside `SnatCidrBlock` of DescribeCloudConnectNetworks.',
    ],
    zh: ['网段与云连接网的 SNAT 网段重叠。', '避开 DescribeCloudConnectNetworks 中的 `SnatCidrBlock`。'],
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
    in: {
      AddSnatEntry: {
        en: [
          'The address is in use: by another entry or member of the CCN, or it lies in a block of this instance or of a member.',
          'Choose a free one.',
        ],
        zh: ['该地址已被其他条目或云连接网成员使用，或位于本实例或其他成员的网段内。', '选择未使用的地址。'],
      },
    },
  },
  'Sag.DeviceNotExist': {
    en: [
      'The serial number is not a device of this instance.',
      'Take it from DescribeSmartAccessGateways, or leave it out to mean all its devices.',
    ],
    zh: ['该序列号不是此实例的设备。', '从 DescribeSmartAccessGateways 获取；不传则针对实例的全部设备。'],
  },
  'SAG.GrantDuplicated': {
    en: [
      'The instance is granted to a CCN already.',
      'Call RevokeSagInstanceFromCcn first; DescribeGrantSagRules shows the grant.',
    ],
    zh: ['实例已授权给一个云连接网。', '先调用 RevokeSagInstanceFromCcn；授权见 DescribeGrantSagRules。'],
  },
  'SAG.InstanceIdEmpty': {
    en: ['The instance id was not sent or is blank.', 'Send it; DescribeSmartAccessGateways lists yours.'],
    zh: ['未传实例 ID，或为空。', '传入实例 ID；可通过 DescribeSmartAccessGateways 查询。'],
    in: {
      DescribeGrantSagVbrRules: {
        en: ['Neither `SmartAGId` nor `VbrInstanceId` was sent.', 'Send one of the two.'],
        zh: ['`SmartAGId` 与 `VbrInstanceId` 均未传入。', '至少传入其中之一。'],
      },
      ModifySmartAccessGateway: {
        en: ['`SmartAGId` was sent and is blank.', 'Send the id; DescribeSmartAccessGateways lists yours.'],
        zh: ['传入了 `SmartAGId`，但值为空。', '传入实例 ID；可通过 DescribeSmartAccessGateways 查询。'],
      },
    },
  },
  'SAG.InstanceNoFound': {
    en: [
      'Your account has no such instance in this region: a typo, another region, another account’s, or deleted. Where the operation is about accounts of a SAG APP, a gateway’s id is not found either.',
      'Take id and region from DescribeSmartAccessGateways.',
    ],
    zh: [
      '该地域内您的账号没有此实例：拼写错误、地域不符、属于其他账号或已删除。客户端账号类操作中，网关实例的 ID 也视为不存在。',
      '从 DescribeSmartAccessGateways 获取实例 ID 与地域。',
    ],
    in: {
      UpdateSmartAccessGatewayAdminPassword: {
        en: [
          'Your account has no such instance in the region; with `CrossAccount=true`: `ResourceUid` is not your account. A grant to a CCN gives no right to set a password.',
          'Check id and region; across accounts let the owner make a role you may assume, and call in its session.',
        ],
        zh: [
          '该地域内您的账号没有此实例；`CrossAccount=true` 时：`ResourceUid` 不是您的账号。对云连接网的授权不包含设置密码的权限。',
          '检查 ID 与地域；跨账号时由所有者创建可供您扮演的角色，并在其会话中调用。',
        ],
      },
    },
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
  'SAG.NoActive': {
    en: [
      'The order of the App or vCPE instance has not been paid, so it serves nothing yet.',
      'Pay the order (`opensag operator order pay`), or create it with `AutoPay=true`.',
    ],
    zh: [
      'App 或 vCPE 实例的订单未支付，尚未开通。',
      '支付订单（`opensag operator order pay`），或创建时传 `AutoPay=true`。',
    ],
  },
  'SAG.NotAllowConfigCidr': {
    en: [
      'The instance routes dynamically: the devices report their networks.',
      'Send `RoutingStrategy=static` together with `CidrBlock`.',
    ],
    zh: ['实例使用动态路由，网段由设备上报。', '将 `RoutingStrategy=static` 与 `CidrBlock` 一起传入。'],
  },
  'SAG.SnConflict': {
    en: ['The device is bound to another instance.', 'Call UnbindSerialNumber there first.'],
    zh: ['设备已绑定其他实例。', '先在该实例上调用 UnbindSerialNumber。'],
  },
  'SAG.SnOverLimit': {
    en: [
      'Two devices are bound already; a SAG APP instance takes none at all.',
      'Call UnbindSerialNumber for one of them.',
    ],
    zh: ['已绑定两台设备；SAG APP 实例不能绑定设备。', '先用 UnbindSerialNumber 解绑一台。'],
  },
  'SAG.SslConnectionSpecInvalid': {
    en: [
      'The SAG APP has more accounts than connections, since it was downgraded.',
      'Delete accounts, or call UpgradeSmartAccessGatewaySoftware.',
    ],
    zh: ['降配后，SAG APP 的账号数多于购买的客户端数。', '删除部分账号，或调用 UpgradeSmartAccessGatewaySoftware。'],
  },
  'SAG.VbrBound': {
    en: ['The instance is bound to another VBR.', 'Call UnbindVbr first; DescribeSagVbrRelations shows which.'],
    zh: ['实例已绑定其他 VBR。', '先调用 UnbindVbr；见 DescribeSagVbrRelations。'],
  },
  'SAG.VbrBoundToSAG': {
    en: ['The VBR is bound to another instance.', 'Call UnbindVbr there first.'],
    zh: ['该 VBR 已绑定其他实例。', '先在该实例上调用 UnbindVbr。'],
  },
  'SAG.VbrNotBondCen': {
    en: [
      'The VBR is in no CEN, or in another one than the CCN of the instance.',
      'Put both in the same CEN: AttachCcnInstanceToCen for the CCN, `opensag operator vbr add` for the VBR.',
    ],
    zh: [
      'VBR 未加载到云企业网，或与实例的云连接网不在同一云企业网。',
      '加载到同一云企业网：云连接网用 AttachCcnInstanceToCen，VBR 用 `opensag operator vbr add`。',
    ],
  },
  'Sag.EccVlanDefault': {
    en: [
      'The leased line has an address without a VLAN and is to have one with a VLAN too, or the other way round.',
      'Delete what is there with DeleteSagExpressConnectInterface.',
    ],
    zh: [
      '专线端口上不能同时存在不带 VLAN 和带 VLAN 的地址。',
      '请先用 DeleteSagExpressConnectInterface 删除已有的地址。',
    ],
  },
  'Sag.EccVlanExist': {
    en: ['The leased line has an address with that VLAN.', 'ModifySagExpressConnectInterface changes it.'],
    zh: ['专线端口上已有该 VLAN 的地址。', '可用 ModifySagExpressConnectInterface 修改。'],
  },
  'Sag.EccVlanNotExist': {
    en: [
      'The port has no such VLAN: only ports to a leased line have some, and only those that were created.',
      'DescribeSagExpressConnectInterfaceList shows those there are. Leave `Vlan` out for other ports.',
    ],
    zh: [
      '端口没有该 VLAN：只有专线口有 VLAN，且须先创建。',
      '可通过 DescribeSagExpressConnectInterfaceList 查询。其他端口不传 `Vlan`。',
    ],
  },
  'Sag.EccVlanOverLimit': {
    en: ['The device has five addresses on leased lines, which is the most.', 'Delete one that is not needed.'],
    zh: ['设备的专线地址已达上限（五个）。', '请删除不需要的地址。'],
  },
  'Sag.HaPortExist': {
    en: [
      'Another port has the address that both devices share, or the port has it and was to be given another role.',
      'Set HA to NONE with ModifySagHa first.',
    ],
    zh: ['已有端口使用虚拟 IP：其他端口不能再使用，该端口也不能改变角色。', '请先用 ModifySagHa 将高可用设为 NONE。'],
  },
  'Sag.HaPortRoleError': {
    en: ['The port leads neither to the branch nor to the Internet.', 'DescribeSagPortList shows the roles.'],
    zh: ['端口既不是 LAN 口，也不是 WAN 口。', '可通过 DescribeSagPortList 查询端口角色。'],
  },
  'Sag.HaTypeNotAllow': {
    en: [
      'The instance has no two devices that can share its branch so: of one model, from version 1.8.0, with the same roles of ports, and no cold backup. DYNAMIC wants a routing protocol.',
      'Bind a second device like the first one, or set what differs alike.',
    ],
    zh: [
      '实例没有两台可以如此共享分支的设备：型号相同、版本不低于 1.8.0、端口角色相同，且不是冷备。DYNAMIC 须启用动态路由协议。',
      '请绑定与第一台相同的第二台设备，或使两台设置一致。',
    ],
  },
  'Sag.PortMgtError': {
    en: [
      'The device has no port that is for its local console alone, or the role of that port was to be changed.',
      'DescribeSagPortList shows the roles.',
    ],
    zh: ['设备没有管理口，或试图修改管理口的角色。', '可通过 DescribeSagPortList 查询端口角色。'],
  },
  'Sag.PortNotExist': {
    en: ['The device has no port of that name.', 'DescribeSagPortList shows those it has.'],
    zh: ['设备没有该名称的端口。', '可通过 DescribeSagPortList 查询设备的端口。'],
  },
  'Sag.PortRoleInvalid': {
    en: ['The port has another role than the operation sets.', 'DescribeSagPortList shows the roles.'],
    zh: ['端口的角色与该操作不符。', '可通过 DescribeSagPortList 查询端口角色。'],
  },
  'Sag.PortRoleLimit': {
    en: [
      'So many ports have that role already: one MGT, one ECC, four WAN and four LAN are the most.',
      'Give one of them another role with ModifySagPortRole first.',
    ],
    zh: [
      '具有该角色的端口已达上限：MGT 和 ECC 各一个，WAN 和 LAN 各四个。',
      '请先用 ModifySagPortRole 修改其中一个端口的角色。',
    ],
  },
  'Sag.StaticRouteExist': {
    en: [
      'The device has a static route to that network by that port already, whatever its router is.',
      'Change its router with ModifySagStaticRoute.',
    ],
    zh: ['设备已有经该端口到该网段的静态路由（不论下一跳）。', '用 ModifySagStaticRoute 修改下一跳。'],
  },
  'Sag.StaticRouteNotExist': {
    en: [
      'The device has no static route to exactly that network by that port and VLAN.',
      'DescribeSagStaticRouteList shows those it has.',
    ],
    zh: ['设备没有经该端口和 VLAN 到该网段的静态路由。', '可通过 DescribeSagStaticRouteList 查询。'],
  },
  SagConfiguring: {
    en: ['The gateway is being configured.', 'Wait a moment and try again.'],
    zh: ['网关正在配置。', '稍后重试。'],
  },
  'Sag.EccRouteTypeError': {
    en: ['On a leased line nothing but BGP can be spoken.', 'Set `BGP`, or delete the VLAN to speak nothing there.'],
    zh: ['专线口只能运行 BGP。', '设置为 `BGP`；如需停止，请删除该 VLAN。'],
  },
  'Sag.RouteProtocolPortNotExist': {
    en: [
      'The device has no such port, or that leads nowhere, or it has no such VLAN.',
      'DescribeSagPortRouteProtocolList lists where a protocol can be spoken.',
    ],
    zh: [
      '设备没有该端口，或该端口不可路由，或没有该 VLAN。',
      '可通过 DescribeSagPortRouteProtocolList 查询可运行路由协议的端口。',
    ],
  },
  'Sag.RouteTypeNotMatch': {
    en: [
      'The protocol is not the one that the ports of the device can speak.',
      'Set that with ModifySagGlobalRouteProtocol first.',
    ],
    zh: ['端口的协议与设备的全局协议不一致。', '先用 ModifySagGlobalRouteProtocol 设置全局协议。'],
  },
} as const satisfies Explanations<'SAG' | 'Sag'>
