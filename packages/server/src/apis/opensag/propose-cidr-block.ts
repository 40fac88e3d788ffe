import { integer, stringField, text } from '../../declare/index.ts'
import { freeBlock, privateRanges } from '../../model/free-block.ts'
import { operation } from '../operation.ts'
import { ccnId } from '../smartag/ccn-params.ts'

export const proposeCidrBlock = operation({
  name: 'ProposeCidrBlock',
  family: 'opensag',
  about: {
    en: 'Propose the first block of addresses that a new branch can have: used neither in the network nor by the account. Nothing is reserved. `CidrBlock` is absent when none is free.',
    zh: '为新分支推荐第一个可用网段：云连接网和本账号均未使用。不做预留。没有空闲网段时不返回 `CidrBlock`。',
  },
  source: 'OpenSAG 2026-12-01, ProposeCidrBlock',
  access: {
    action: 'opensag:ProposeCidrBlock',
    level: 'Read',
    resource: '*',
    dependent: [],
    standsFor: 'smartag:DescribeCloudConnectNetworks',
  },
  transaction: 'read',

  params: {
    RegionId: text().example('cn-shanghai').about('The region the network must be in.', '云连接网须在的地域。'),
    CcnId: ccnId.about(
      'The network, of the account or one that an instance of the account is in. Without one, a private block.',
      '云连接网：属于本账号，或包含本账号的实例。不指定时推荐私网网段。',
    ),
    PrefixLength: integer()
      .range(8, 30)
      .default(24)
      .example('24')
      .about('Mask of the block, 8–30.', '网段掩码，8～30。'),
  },

  errors: {
    'InvalidId.CCN': [403, 'Invalid cloud connect network id.', '无效的云连接网ID'],
  },

  result: { CidrBlock: stringField },

  async run({ caller, networks, addresses, fail }, { RegionId, CcnId, PrefixLength }) {
    const { accountId } = caller
    const ccn = CcnId === undefined ? undefined : await networks.ccn(CcnId)
    if (CcnId !== undefined) {
      if (ccn === undefined || (RegionId ?? ccn.regionId) !== ccn.regionId) throw fail('InvalidId.CCN')
      if (ccn.accountId !== accountId && !(await networks.hasMemberOf(ccn.id, accountId))) throw fail('InvalidId.CCN')
    }
    const ranges = ccn === undefined || ccn.cidrs.length === 0 ? privateRanges : ccn.cidrs
    const taken = await addresses.taken(accountId, ccn, ranges)
    return { CidrBlock: freeBlock(ranges, PrefixLength, taken)?.cidr }
  },
})
