import { boolean, long } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ccnId } from '../ccn-params.ts'
import { cenId, unknownNetwork } from '../cen-params.ts'
import { ownerParams, regionId } from '../common-params.ts'

export const grantInstanceToCbn = operation({
  name: 'GrantInstanceToCbn',
  family: 'grants',
  about: {
    en: "Let another account's CEN take up a cloud connect network of yours. Granted again, the grant is brought up to date.",
    zh: '允许其他账号的云企业网加载您的云连接网。重复授权时更新原授权。',
  },
  source: 'Smartag 2018-03-13, GrantInstanceToCbn',
  access: { action: 'smartag:GrantInstanceToCbn', level: 'Write', resource: 'ccn/{CcnInstanceId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    CcnInstanceId: ccnId.required(),
    CenInstanceId: cenId.required(),
    CenUid: long()
      .required()
      .example('1250123456123456')
      .about('The account the CEN belongs to.', '云企业网所属的账号。'),
    GrantTrafficService: boolean()
      .default(false)
      .example('true')
      .about('Also let it use the traffic service of the network.', '是否同时授权使用流量服务。'),
    ...ownerParams,
  },

  errors: { 'InvalidId.CCN': unknownNetwork },

  result: {},

  async run({ caller, networks, ids, now, fail }, { RegionId, CcnInstanceId, ...params }) {
    const ccn = await networks.ccn(CcnInstanceId)
    if (ccn?.accountId !== caller.accountId || ccn.regionId !== RegionId) throw fail('InvalidId.CCN')
    await networks.grantToCen({
      id: ids.uuid(),
      ccnId: ccn.id,
      cenId: params.CenInstanceId,
      cenAccountId: params.CenUid,
      trafficService: params.GrantTrafficService,
      createdAt: now,
    })
    return {}
  },
})
