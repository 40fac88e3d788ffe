import { long, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { unknownInstance } from '../cen-params.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { vbrId, vbrRegionId } from '../vbr-params.ts'

export const grantSagInstanceToVbr = operation({
  name: 'GrantSagInstanceToVbr',
  family: 'grants',
  about: {
    en: "Let another account's leased line be backed up by an instance of yours. Granted again, the grant is brought up to date.",
    zh: '允许其他账号的专线使用您的实例作为备份。重复授权时更新原授权。',
  },
  source: 'Smartag 2018-03-13, GrantSagInstanceToVbr',
  access: { action: 'smartag:GrantSagInstanceToVbr', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    VbrInstanceId: vbrId.required(),
    VbrRegionId: vbrRegionId.required(),
    VbrUid: long()
      .required()
      .example('1231212121121212112')
      .about('The account the VBR belongs to.', '边界路由器 VBR 所属的账号。'),
    ...ownerParams,
  },

  errors: { 'SAG.InstanceNoFound': unknownInstance },

  result: { InstanceId: stringField },

  // Whether the other account has such a VBR is not looked at: the answer would tell (C). Binding finds out.
  async run({ caller, fleet, networks, ids, now, fail }, { RegionId, SmartAGId, ...params }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const id = await networks.grantToVbr({
      id: ids.withPrefix('sgv-'),
      instanceId: instance.id,
      vbrId: params.VbrInstanceId,
      vbrRegionId: params.VbrRegionId,
      vbrAccountId: params.VbrUid,
      createdAt: now,
    })
    return { InstanceId: id }
  },
})
