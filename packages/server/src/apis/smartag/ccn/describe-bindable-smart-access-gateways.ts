import { isName } from '@opensag/rules'
import { boolean, integerField, longField, stringField, text, wrapped } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { isRegion } from '../../../model/regions.ts'
import { operation } from '../../operation.ts'
import { ccnId } from '../ccn-params.ts'
import { ownerParams, pageNumber, pageSize, regionId, smartAgId } from '../common-params.ts'
import { shownUid } from '../instance-view.ts'

export const describeBindableSmartAccessGateways = operation({
  name: 'DescribeBindableSmartAccessGateways',
  family: 'ccn',
  about: {
    en: 'List the instances that can be put into a cloud connect network, the newest first: activated, paid for, and in no network yet.',
    zh: '查询可以绑定到云连接网的智能接入网关实例：已激活、未欠费且未绑定云连接网，新的在前。',
  },
  source: 'Smartag 2018-03-13, DescribeBindableSmartAccessGateways',
  access: { action: 'smartag:DescribeBindableSmartAccessGateways', level: 'Read', resource: '*', dependent: [] },
  transaction: 'listing',

  params: {
    RegionId: regionId
      .satisfies(isRegion, 'InvalidRegionID')
      .about('The region of network and instances.', '云连接网和实例所在的地域。'),
    CcnId: ccnId.required('CCN.InvalidId'),
    SmartAGId: smartAgId,
    Name: text().satisfies(isName).example('branch-hangzhou').about('The name, exactly.', '实例名称，精确匹配。'),
    CrossAccount: boolean()
      .default(false)
      .example('false')
      .about(
        'Those other accounts granted to the network, instead of your own.',
        '查询其他账号授权给该云连接网的实例，而不是本账号的实例。',
      ),
    PageNumber: pageNumber,
    PageSize: pageSize('Instances'),
    ...ownerParams,
  },

  errors: {
    InvalidRegionID: [400, 'The specified regionId does not exist.', '指定的RegionId不存在。'],
    'CCN.InvalidId': [400, 'You must specify the CCN instance ID.', '云连接网实例ID不存在。'],
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    SmartAccessGateways: wrapped('SmartAccessGateway', {
      SmartAGId: stringField,
      Name: stringField,
      SmartAGUid: longField,
    }),
  },

  async run({ caller, fleet, unit, now, fail }, params) {
    const { RegionId, SmartAGId, Name, CrossAccount, PageNumber, PageSize } = params
    const granted = await unit.read(async ({ networks }) => {
      const ccn = await networks.ccn(params.CcnId)
      if (ccn?.accountId !== caller.accountId || ccn.regionId !== RegionId) throw fail('CCN.InvalidId')
      return CrossAccount ? networks.grantedTo(ccn.id) : undefined
    })
    const { total, instances } = await fleet.instances(
      {
        accountId: granted === undefined ? caller.accountId : undefined,
        regionId: RegionId,
        ids: wantedIds(SmartAGId, granted),
        name: Name,
        ccnId: null,
      },
      { number: PageNumber, size: PageSize },
      (instance) => isActivated(instance, now) && !isInArrears(instance, now),
    )
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      SmartAccessGateways: instances.map(({ id, name, accountId }) => ({
        SmartAGId: id,
        Name: name,
        SmartAGUid: shownUid(accountId),
      })),
    }
  },
})

function wantedIds(id: string | undefined, granted: readonly string[] | undefined): readonly string[] | undefined {
  if (id === undefined) return granted
  return granted === undefined || granted.includes(id) ? [id] : []
}
