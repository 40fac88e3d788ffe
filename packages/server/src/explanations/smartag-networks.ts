import type { Explanation } from './explanations.ts'

/** Cloud connect networks, CEN, leased lines, grants, tags. */
export const networkCauses = {
  'InvalidId.CCN': {
    en: ['There is no such CCN in the region.', 'Take the id from DescribeCloudConnectNetworks.'],
    zh: ['该地域内没有此云连接网。', '从 DescribeCloudConnectNetworks 获取 ID。'],
  },
  'CCN.InvalidId': {
    en: [
      'The id of the CCN was not sent, or your account has no such CCN in the region.',
      'Take it from DescribeCloudConnectNetworks.',
    ],
    zh: ['未传云连接网 ID，或该地域内您的账号没有此云连接网。', '从 DescribeCloudConnectNetworks 获取。'],
    in: {
      ModifyCloudConnectNetwork: {
        en: ['`CcnId` is blank.', 'Take it from DescribeCloudConnectNetworks.'],
        zh: ['`CcnId` 为空。', '从 DescribeCloudConnectNetworks 获取。'],
      },
      GrantSagInstanceToCcn: {
        en: [
          '`CcnInstanceId` was not sent, or there is no such CCN in the region.',
          'Ask the owner of the CCN for its id.',
        ],
        zh: ['未传 `CcnInstanceId`，或该地域内没有此云连接网。', '向云连接网所有者确认 ID。'],
      },
      RevokeSagInstanceFromCcn: {
        en: [
          '`CcnInstanceId` was not sent, or the instance is not granted to this CCN.',
          'Take it from DescribeGrantSagRules.',
        ],
        zh: ['未传 `CcnInstanceId`，或实例未授权给该云连接网。', '从 DescribeGrantSagRules 获取。'],
      },
    },
  },
  'CCN.InvalidUid': {
    en: [
      '`CcnUid` was not sent, is no account id, is your own, or the CCN belongs to another account.',
      'Send the id of the account that owns the CCN; your own CCN needs no grant.',
    ],
    zh: [
      '未传 `CcnUid`、不是账号 ID、为您自己的账号，或云连接网属于其他账号。',
      '传入云连接网所有者的账号 ID；自己的云连接网无需授权。',
    ],
  },
  'SAG.GrantDuplicated': {
    en: [
      'The instance is granted to a CCN already.',
      'Call RevokeSagInstanceFromCcn first; DescribeGrantSagRules shows the grant.',
    ],
    zh: ['实例已授权给一个云连接网。', '先调用 RevokeSagInstanceFromCcn；授权见 DescribeGrantSagRules。'],
  },
  'InvalidInstanceId.NotFound': {
    en: [
      'There is no such grant: taken back already, or never given by your account in this region.',
      'Nothing is left to do; DescribeGrantRules and DescribeGrantSagVbrRules show the grants there are.',
    ],
    zh: [
      '没有此授权：已取消，或您的账号在该地域从未授予。',
      '无需处理；现有授权见 DescribeGrantRules 与 DescribeGrantSagVbrRules。',
    ],
  },
  'CCN.CidrEmpty': {
    en: ['`CidrBlock` was sent without any block in it.', 'Send 1–5 blocks, or leave it out.'],
    zh: ['传入了 `CidrBlock`，但没有任何网段。', '传入 1～5 个网段，或不传。'],
    in: {
      CreateCloudConnectNetwork: {
        en: ['`CidrBlock` is empty, or a SNAT range was sent without a range it could lie in.', 'Send 1–5 blocks.'],
        zh: ['`CidrBlock` 为空，或传了 SNAT 网段但没有包含它的网段。', '传入 1～5 个网段。'],
      },
      ModifySmartAccessGateway: {
        en: [
          'SNAT entries were sent and the CCN of the instance has no range.',
          'Call ModifyCloudConnectNetwork with `CidrBlock` and `SnatCidrBlock`.',
        ],
        zh: [
          '传入了 SNAT 条目，但实例所在的云连接网没有网段。',
          '用 ModifyCloudConnectNetwork 设置 `CidrBlock` 和 `SnatCidrBlock`。',
        ],
      },
    },
  },
  'CCN.InvalidCidr': {
    en: [
      'A block of the range is not a network with a mask of 8–24 bits, is reserved, or two overlap.',
      'Send blocks such as `10.0.0.0/16`.',
    ],
    zh: ['网段不是掩码 8～24 位的合法网络、为保留网段，或相互重叠。', '传入如 `10.0.0.0/16` 的网段。'],
  },
  'CCN.CidrAmountLimit': {
    en: ['The range has more than five blocks.', 'Join neighbouring blocks.'],
    zh: ['网段超过 5 个。', '合并相邻网段。'],
  },
  'CCN.CidrInUse': {
    en: [
      'A part of the range that would go away is used by a member.',
      'Keep it, or change the blocks of the member with ModifySmartAccessGateway.',
    ],
    zh: ['将被移除的网段仍被成员使用。', '保留该网段，或用 ModifySmartAccessGateway 修改成员的网段。'],
  },
  'CCN.InvalidSnatCidr': {
    en: [
      'A SNAT block is not a network with a mask of 8–30 bits, or lies outside the range of the CCN.',
      'Choose blocks inside `CidrBlock`.',
    ],
    zh: ['SNAT 网段不是掩码 8～30 位的合法网络，或不在云连接网网段内。', '选择 `CidrBlock` 内的网段。'],
  },
  'CCN.SnatCidrConflict': {
    en: ['Two SNAT blocks of the request overlap.', 'Send blocks that are apart from each other.'],
    zh: ['请求中的 SNAT 网段相互重叠。', '传入互不重叠的网段。'],
    in: {
      ModifyCloudConnectNetwork: {
        en: [
          'Two SNAT blocks of the request overlap, or a member has a block in the new SNAT range.',
          'Choose a range no member uses.',
        ],
        zh: ['请求中的 SNAT 网段相互重叠，或成员的网段位于新的 SNAT 网段内。', '选择成员未使用的网段。'],
      },
      ModifySmartAccessGateway: {
        en: ['The source of a SNAT entry overlaps the SNAT range of the CCN.', 'Choose a source outside it.'],
        zh: ['SNAT 条目的源网段与云连接网的 SNAT 网段重叠。', '选择其外的源网段。'],
      },
    },
  },
  'CCN.SnatCidrInUse': {
    en: [
      'A part of the SNAT range that would go away holds the address of a SNAT entry.',
      'Delete the entry first: DescribeSnatEntries, DeleteSnatEntry.',
    ],
    zh: ['将被移除的 SNAT 网段内有 SNAT 条目的地址。', '先用 DescribeSnatEntries 和 DeleteSnatEntry 删除条目。'],
  },
  'CCN.SnatCidrNoConfig': {
    en: ['`SnatCidrBlock` was sent without any block in it.', 'Send a SNAT range, or leave it out.'],
    zh: ['传入了 `SnatCidrBlock`，但没有任何网段。', '传入 SNAT 网段，或不传。'],
    in: {
      ModifySmartAccessGateway: {
        en: [
          'SNAT entries were sent and the CCN has no SNAT range.',
          'Call ModifyCloudConnectNetwork with `SnatCidrBlock`.',
        ],
        zh: ['传入了 SNAT 条目，但云连接网没有 SNAT 网段。', '用 ModifyCloudConnectNetwork 设置 `SnatCidrBlock`。'],
      },
    },
  },
  'CCN.InvalidInterworkingStatus': {
    en: ['`InterworkingStatus` is neither `enable` nor `disable`.', 'Send one of the two.'],
    zh: ['`InterworkingStatus` 既不是 `enable` 也不是 `disable`。', '传入其中之一。'],
  },
  CcnAmountLimit: {
    en: ['The account has ten CCNs, which is the limit.', 'Delete one with DeleteCloudConnectNetwork.'],
    zh: ['账号已有 10 个云连接网，达到上限。', '用 DeleteCloudConnectNetwork 删除一个。'],
  },
  'UpdateError.CCN': {
    en: ['The CCN could not be changed.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['更新云连接网失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
  'AlreadyBound.CEN': {
    en: ['The CCN is attached to a CEN.', 'Call DetachCcnInstanceFromCen first.'],
    zh: ['云连接网已加载到云企业网。', '先调用 DetachCcnInstanceFromCen。'],
    in: {
      AttachCcnInstanceToCen: {
        en: ['The CCN is attached to another CEN; it can be in one.', 'Call DetachCcnInstanceFromCen first.'],
        zh: ['云连接网已加载到另一个云企业网，只能加载到一个。', '先调用 DetachCcnInstanceFromCen。'],
      },
      UnbindSmartAccessGateway: {
        en: ['A leased line (VBR) backs the instance up, which ties it to the CEN.', 'Call UnbindVbr first.'],
        zh: ['实例有专线（VBR）备份关系，与云企业网关联。', '先调用 UnbindVbr。'],
      },
    },
  },
  'AlreadyBound.SMARTAG': {
    en: [
      'The CCN has members.',
      'Call UnbindSmartAccessGateway for each; DescribeSmartAccessGateways with `AssociatedCcnId` lists them.',
    ],
    zh: [
      '云连接网内仍有实例。',
      '逐个调用 UnbindSmartAccessGateway；DescribeSmartAccessGateways 按 `AssociatedCcnId` 查询。',
    ],
  },
  SmartAccessGatewayAlreadyBound: {
    en: [
      'The instance is in a CCN already, in this one or another.',
      'Call UnbindSmartAccessGateway first, if it is another.',
    ],
    zh: ['实例已绑定云连接网。', '如为其他云连接网，先调用 UnbindSmartAccessGateway。'],
  },
  NotBoundCCN: {
    en: ['The instance is in no CCN.', 'Call BindSmartAccessGateway first.'],
    zh: ['实例未绑定云连接网。', '先调用 BindSmartAccessGateway。'],
  },
  NotBoundCEN: {
    en: ['The CCN of the instance is attached to no CEN.', 'Call AttachCcnInstanceToCen first.'],
    zh: ['实例所在的云连接网未加载到云企业网。', '先调用 AttachCcnInstanceToCen。'],
    in: {
      DetachCcnInstanceFromCen: {
        en: ['The CCN is not attached to this CEN.', 'Look at `AssociatedCenId` in DescribeCloudConnectNetworks.'],
        zh: ['云连接网未加载到该云企业网。', '在 DescribeCloudConnectNetworks 中查看 `AssociatedCenId`。'],
      },
    },
  },
  TunnelIdNotEnough: {
    en: ['The number space of the tunnels is used up.', 'Unbind instances that are not needed.'],
    zh: ['隧道编号已用尽。', '解绑不再需要的实例。'],
  },
  TunnelIdDistributeError: {
    en: ['No tunnel number could be given out.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['隧道编号分配失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
  'InvalidId.VBR': {
    en: [
      'Your account has no such VBR in that region, or it does not speak BGP, without which nothing notices that the line fails.',
      '`opensag operator vbr list` shows them.',
    ],
    zh: [
      '该地域内您的账号没有此 VBR，或其未启用 BGP，无法感知专线中断。',
      '`opensag operator vbr list` 列出全部 VBR。',
    ],
    in: {
      UnbindVbr: {
        en: [
          'The VBR is not bound to this instance, or lies in another region.',
          'Take both from DescribeSagVbrRelations.',
        ],
        zh: ['VBR 未绑定该实例，或地域不符。', '从 DescribeSagVbrRelations 获取。'],
      },
    },
  },
  LinkLevelBackupExists: {
    en: ['The instance backs this very line up already.', 'There is nothing to do.'],
    zh: ['该实例已是此专线的备份。', '无需操作。'],
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
  'SAG.SoftwareNoSupportVbr': {
    en: ['The instance is a SAG APP; it cannot back a line up.', 'Use the id of a gateway.'],
    zh: ['该实例为 SAG APP，不能备份专线。', '使用网关实例的 ID。'],
  },
  'Param.InvalidVersionComparator': {
    en: ['A comparison of versions is not one there is.', 'Leave it out.'],
    zh: ['版本比较运算符不合法。', '不传该参数。'],
  },
  'Forbidden.TagKey.Duplicated': {
    en: ['Two tags of the request have the same key.', 'Send each key once.'],
    zh: ['请求中的标签键重复。', '每个键只传一次。'],
  },
  InvalidTagKey: {
    en: [
      'A tag’s key is missing, too long, or begins with what is reserved (`aliyun`, `acs:`, `http://`).',
      'Correct the key.',
    ],
    zh: ['标签键缺失、过长，或以保留内容（`aliyun`、`acs:`、`http://`）开头。', '修正标签键。'],
  },
  InvalidTagValue: {
    en: ['A tag’s value is too long, or begins with what is reserved.', 'Correct the value.'],
    zh: ['标签值过长，或以保留内容开头。', '修正标签值。'],
  },
  'SizeLimitExceeded.TagNum': {
    en: ['The filter has more than 20 tags.', 'Send fewer.'],
    zh: ['标签超过 20 个。', '减少标签。'],
  },
  'SizeLimitExceeded.ResourceId': {
    en: ['The request has more ids than are allowed.', 'Send fewer.'],
    zh: ['资源 ID 个数超过上限。', '减少 ID。'],
  },
} as const satisfies Record<string, Explanation>
