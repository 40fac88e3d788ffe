import { operation } from '../../operation.ts'
import { noSuchGrant } from '../cen-params.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { vbrId } from '../vbr-params.ts'

export const revokeInstanceFromVbr = operation({
  name: 'RevokeInstanceFromVbr',
  family: 'grants',
  about: {
    en: 'Take back the grant of an instance to a leased line. An instance that backs it up does so until it is unbound.',
    zh: '取消实例对专线的授权。已绑定的备份关系在解绑之前保持有效。',
  },
  source: 'Smartag 2018-03-13, RevokeInstanceFromVbr',
  access: { action: 'smartag:RevokeInstanceFromVbr', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    VbrInstanceId: vbrId.required(),
    ...ownerParams,
  },

  errors: { 'InvalidInstanceId.NotFound': noSuchGrant },

  result: {},

  async run({ caller, fleet, networks, fail }, { RegionId, SmartAGId, VbrInstanceId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    const revoked = instance !== undefined && (await networks.revokeFromVbr(instance.id, VbrInstanceId))
    if (!revoked) throw fail('InvalidInstanceId.NotFound')
    return {}
  },
})
