import { operation } from '../../operation.ts'
import { ccnId } from '../ccn-params.ts'
import { cenId, noSuchGrant } from '../cen-params.ts'
import { ownerParams, regionId } from '../common-params.ts'

export const revokeInstanceFromCbn = operation({
  name: 'RevokeInstanceFromCbn',
  family: 'grants',
  about: {
    en: 'Take back the grant of a cloud connect network to a CEN. A network that is attached stays until it is detached.',
    zh: '取消云连接网对云企业网的授权。已加载的云连接网在卸载之前保持加载。',
  },
  source: 'Smartag 2018-03-13, RevokeInstanceFromCbn',
  access: { action: 'smartag:RevokeInstanceFromCbn', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    CcnInstanceId: ccnId.required(),
    CenInstanceId: cenId.required(),
    ...ownerParams,
  },

  errors: { 'InvalidInstanceId.NotFound': noSuchGrant },

  result: {},

  async run({ caller, networks, fail }, { RegionId, CcnInstanceId, CenInstanceId }) {
    const ccn = await networks.ccn(CcnInstanceId)
    const isOwn = ccn?.accountId === caller.accountId && ccn.regionId === RegionId
    if (!isOwn || !(await networks.revokeFromCen(ccn.id, CenInstanceId))) throw fail('InvalidInstanceId.NotFound')
    return {}
  },
})
