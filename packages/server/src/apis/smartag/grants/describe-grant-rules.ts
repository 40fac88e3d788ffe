import { booleanField, integerField, longField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ccnId } from '../ccn-params.ts'
import { ownerParams, pageNumber, pageSize, regionId } from '../common-params.ts'
import { shownUid } from '../instance-view.ts'

export const describeGrantRules = operation({
  name: 'DescribeGrantRules',
  family: 'grants',
  about: {
    en: "List which other accounts' CENs may take up your cloud connect networks.",
    zh: '查询您的云连接网授权给了哪些其他账号的云企业网。',
  },
  source: 'Smartag 2018-03-13, DescribeGrantRules',
  access: { action: 'smartag:DescribeGrantRules', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    AssociatedCcnId: ccnId.about('Only the grants of this network.', '仅查询该云连接网的授权。'),
    PageNumber: pageNumber,
    PageSize: pageSize('Grants'),
    ...ownerParams,
  },

  errors: {},

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    GrantRules: wrapped('GrantRule', {
      GrantRuleId: stringField,
      CcnInstanceId: stringField,
      CcnUid: longField,
      CenInstanceId: stringField,
      CenUid: longField,
      GrantTrafficService: booleanField,
      RegionId: stringField,
      GmtCreate: longField,
      GmtModified: longField,
    }),
  },

  async run({ caller, networks }, { RegionId, AssociatedCcnId, PageNumber, PageSize }) {
    const filter = { accountId: caller.accountId, regionId: RegionId, ccnId: AssociatedCcnId }
    const { total, grants } = await networks.cenGrants(filter, { number: PageNumber, size: PageSize })
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      GrantRules: grants.map((grant) => ({
        GrantRuleId: grant.id,
        CcnInstanceId: grant.ccnId,
        CcnUid: shownUid(caller.accountId),
        CenInstanceId: grant.cenId,
        CenUid: shownUid(grant.cenAccountId),
        GrantTrafficService: grant.trafficService,
        RegionId,
        GmtCreate: grant.createdAt,
        GmtModified: grant.modifiedAt,
      })),
    }
  },
})
