import type { Explanations } from '../explanation.ts'

export const ccn = {
  'CCN.CidrAmountLimit': {
    en: ['The range has more than five blocks.', 'Join neighbouring blocks.'],
    zh: ['网段超过 5 个。', '合并相邻网段。'],
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
  'CCN.CidrInUse': {
    en: [
      'A part of the range that would go away is used by a member.',
      'Keep it, or change the blocks of the member with ModifySmartAccessGateway.',
    ],
    zh: ['将被移除的网段仍被成员使用。', '保留该网段，或用 ModifySmartAccessGateway 修改成员的网段。'],
  },
  'CCN.InvalidCidr': {
    en: [
      'A block of the range is not a network with a mask of 8–24 bits, is reserved, or two overlap.',
      'Send blocks such as `10.0.0.0/16`.',
    ],
    zh: ['网段不是掩码 8～24 位的合法网络、为保留网段，或相互重叠。', '传入如 `10.0.0.0/16` 的网段。'],
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
  'CCN.InvalidInterworkingStatus': {
    en: ['`InterworkingStatus` is neither `enable` nor `disable`.', 'Send one of the two.'],
    zh: ['`InterworkingStatus` 既不是 `enable` 也不是 `disable`。', '传入其中之一。'],
  },
  'CCN.InvalidSnatCidr': {
    en: [
      'A SNAT block is not a network with a mask of 8–30 bits, or lies outside the range of the CCN.',
      'Choose blocks inside `CidrBlock`.',
    ],
    zh: ['SNAT 网段不是掩码 8～30 位的合法网络，或不在云连接网网段内。', '选择 `CidrBlock` 内的网段。'],
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
  'CCN.SnatCidrConflict': {
    en: ['Two SNAT blocks of the request overlap.', 'Send blocks that are apart from each other.'],
    zh: ['请求中的 SNAT 网段相互重叠。', '传入互不重叠的网段。'],
    in: {
      AddSnatEntry: {
        en: ['The range to hide overlaps the SNAT range of the CCN.', 'Hide a range outside of it.'],
        zh: ['需要转换的网段与云连接网的 SNAT 网段重叠。', '使用该网段以外的网段。'],
      },
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
  CcnAmountLimit: {
    en: ['The account has ten CCNs, which is the limit.', 'Delete one with DeleteCloudConnectNetwork.'],
    zh: ['账号已有 10 个云连接网，达到上限。', '用 DeleteCloudConnectNetwork 删除一个。'],
  },
} as const satisfies Explanations<'CCN' | 'Ccn'>
