import { isName, printCidrs } from '@opensag/rules'
import { booleanField, integerField, longField, objects, stringField, text, wrapped } from '../../../declare/index.ts'
import type { Ccn } from '../../../model/ccn.ts'
import { isTagKey, isTagValue, tagLimit } from '../../../model/tags.ts'
import type { MemberCount } from '../../../store/fleet/member-counts.ts'
import { operation } from '../../operation.ts'
import { ccnId } from '../ccn-params.ts'
import { ownerParams, pageNumber, pageSize, regionId } from '../common-params.ts'

export const describeCloudConnectNetworks = operation({
  name: 'DescribeCloudConnectNetworks',
  family: 'ccn',
  about: { en: 'List cloud connect networks, the newest first.', zh: '查询云连接网列表，新的在前。' },
  source: 'Smartag 2018-03-13, DescribeCloudConnectNetworks',
  access: {
    action: 'smartag:DescribeCloudConnectNetworks',
    level: 'Read',
    resource: 'ccn/*',
    dependent: [],
    lists: 'ccn',
  },
  transaction: 'listing',

  params: {
    RegionId: regionId.about('The region of the networks.', '云连接网所在的地域。'),
    CcnId: ccnId,
    Name: text().satisfies(isName).example('branches').about('The name, exactly.', '名称，精确匹配。'),
    Tag: objects({
      Key: text().invalid('InvalidTagKey').about('The key.', '标签键。'),
      Value: text().invalid('InvalidTagValue').about('The value.', '标签值。'),
    })
      .satisfies((tags) => tags.every(({ Key }) => isTagKey(Key)), 'InvalidTagKey')
      .satisfies((tags) => tags.every(({ Value }) => isTagValue(Value)), 'InvalidTagValue')
      .satisfies((tags) => tags.length <= tagLimit, 'SizeLimitExceeded.TagNum')
      .satisfies((tags) => new Set(tags.map(({ Key }) => Key)).size === tags.length, 'Forbidden.TagKey.Duplicated')
      .about('Tags it must have, up to 20.', '标签列表，最多 20 个。'),
    PageNumber: pageNumber,
    PageSize: pageSize('Networks'),
    ...ownerParams,
  },

  errors: {
    InvalidTagKey: [400, 'The specified tag key is invalid.', 'Tag标签的Key值不合法。'],
    InvalidTagValue: [400, 'The specified tag value is invalid.', 'Tag标签的Value值不合法。'],
    'SizeLimitExceeded.TagNum': [400, 'The maximum number of tags is exceeded.', 'Tag个数超过了最大数量。'],
    'SizeLimitExceeded.ResourceId': [
      400,
      'The maximum number of resource IDs is exceeded.',
      'ResourceIds个数超过了最大数量。',
    ],
    'Forbidden.TagKey.Duplicated': [400, 'The specified tag key already exists.', 'TagKey存在相同的值。'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    CloudConnectNetworks: wrapped('CloudConnectNetwork', {
      CcnId: stringField,
      Name: stringField,
      Description: stringField,
      CidrBlock: stringField,
      SnatCidrBlock: stringField,
      InterworkingStatus: stringField,
      IsDefault: booleanField,
      AssociatedCenId: stringField,
      AssociatedCenOwnerId: stringField,
      Subnet: stringField,
      AssociatedCloudBoxCount: stringField,
      AvailableCloudBoxCount: stringField,
      CreateTime: longField,
      ResourceGroupId: stringField,
      NewAgw: booleanField,
      Tags: wrapped('Tag', { Key: stringField, Value: stringField }),
    }),
  },

  async run({ caller, fleet, scope, unit }, { RegionId, CcnId, Name, Tag, PageNumber, PageSize }) {
    // Nothing gives a network a tag so far.
    if (Tag !== undefined) return { TotalCount: 0, PageNumber, PageSize }
    const { total, ccns } = await unit.read(({ networks }) =>
      networks.ccns(
        { accountId: caller.accountId, regionId: RegionId, id: CcnId, name: Name, scope },
        { number: PageNumber, size: PageSize },
      ),
    )
    const counts = await fleet.memberCounts(ccns.map(({ id }) => id))
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      CloudConnectNetworks: ccns.map((ccn) => shown(ccn, counts.get(ccn.id))),
    }
  },
})

function shown(ccn: Ccn, count: MemberCount | undefined) {
  return {
    CcnId: ccn.id,
    Name: ccn.name,
    Description: ccn.description,
    CidrBlock: ccn.cidrs.length === 0 ? undefined : printCidrs(ccn.cidrs),
    SnatCidrBlock: ccn.snatCidrs.length === 0 ? undefined : printCidrs(ccn.snatCidrs),
    InterworkingStatus: ccn.interworking,
    IsDefault: ccn.isDefault,
    AssociatedCenId: ccn.cenId,
    AssociatedCenOwnerId: ccn.cenOwnerId,
    Subnet: ccn.subnet,
    AssociatedCloudBoxCount: String(count?.members ?? 0),
    AvailableCloudBoxCount: String(count?.up ?? 0),
    CreateTime: ccn.createdAt,
    ResourceGroupId: ccn.resourceGroupId,
  }
}
