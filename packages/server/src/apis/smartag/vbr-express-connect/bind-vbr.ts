import { long } from '../../../declare/index.ts'
import { supportsLeasedLine } from '../../../model/vbr.ts'
import { operation } from '../../operation.ts'
import { otherOwner } from '../ccn-params.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { vbrId, vbrRegionId } from '../vbr-params.ts'

export const bindVbr = operation({
  name: 'BindVbr',
  family: 'vbr-express-connect',
  about: {
    en: 'Let an instance back up a leased line: both serve the same subnets, and the line is preferred while it works.',
    zh: '将智能接入网关实例设为专线的备份：两者服务相同的网段，专线可用时优先使用专线。',
  },
  source: 'Smartag 2018-03-13, BindVbr',
  access: { action: 'smartag:BindVbr', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    SmartAGUid: long().example('1250123456123456').about(otherOwner.en, otherOwner.zh),
    VbrId: vbrId.required(),
    VbrRegionId: vbrRegionId.required(),
    ...ownerParams,
  },

  errors: {
    'Forbbiden.SubUser': [
      400,
      'You are not authorized to operate on the specified resource.',
      '您不具有操作指定资源的权限',
    ],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    'InvalidId.VBR': [
      400,
      'The specified VBR instance is invalid. You must specify a VBR instance that is associated with an ECC instance.',
      '非法的vbr，当前vbr实例不是来自ecc实例。',
    ],
    'SAG.SoftwareNoSupportVbr': [
      400,
      'You cannot bind an SAG software instance with a VBR instance.',
      '智能接入网关软件版不被允许绑定VBR',
    ],
    NotBoundCCN: [
      403,
      'The specified smart access gateway has not bound CCN; please bind CCN first.',
      '该智能接入网关没有绑定CCN；请先绑定CCN。',
    ],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    'SAG.VbrNotBondCen': [
      400,
      'Bind the specified VBR instance to a CEN instance first.',
      '当前VBR还未绑定到CEN，请先绑定CEN。',
    ],
    'SAG.VbrBound': [
      400,
      'The specified SAG instance is bound to another VBR instance. Unbind them first.',
      '已经绑定VBR，请先解绑。',
    ],
    LinkLevelBackupExists: [
      400,
      'The specified SAG instance is already used as a leased line backup.',
      '当前实例已经存在专线备份。',
    ],
    'SAG.VbrBoundToSAG': [
      400,
      'The specified VBR instance is bound to another SAG instance. Unbind them first.',
      '当前VBR已经绑定到其他SAG，请先解绑。',
    ],
    'VbrConflict.CreateBackup': [
      403,
      'The subnet of the gateway conflicts with the VBR. Create a backup relationship first.',
      '该智能接入网关的子网网段与VBR有冲突，请先创建专线备份。',
    ],
    InternalError: [500, 'An error occurred while processing your request.', '请求失败，发生未知错误。'],
  },

  result: {},

  async run({ caller, fleet, networks, addresses, now, fail }, params) {
    const { SmartAGUid, VbrRegionId } = params
    const instance = await fleet.instanceById(params.SmartAGId)
    if (instance === undefined || instance.regionId !== params.RegionId) throw fail('InvalidId.SMARTAG')
    if (SmartAGUid !== undefined && SmartAGUid !== instance.accountId) throw fail('InvalidId.SMARTAG')
    // Another account's instance is named with its owner, who must have granted it to this line; a grant to a CCN is no such grant.
    if (instance.accountId !== caller.accountId) {
      const granted = await networks.vbrGrantExists(instance.id, params.VbrId, caller.accountId)
      if (SmartAGUid === undefined || !granted) throw fail('Forbidden')
    }

    const vbr = await networks.vbr(params.VbrId)
    // Only BGP notices that the line has failed (D: a precondition).
    if (vbr?.accountId !== caller.accountId || vbr.regionId !== VbrRegionId || !vbr.bgp) throw fail('InvalidId.VBR')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNoSupportVbr')
    const ccn = instance.ccnId === undefined ? undefined : await networks.ccn(instance.ccnId)
    if (ccn === undefined) throw fail('NotBoundCCN')
    if (!supportsLeasedLine(instance)) throw fail('FeatureNotSupport')
    // The line and the network have to meet somewhere.
    if (vbr.cenId === undefined || vbr.cenId !== (ccn.cenId ?? vbr.cenId)) throw fail('SAG.VbrNotBondCen')

    const own = await networks.vbrOf(instance.id)
    if (own !== undefined) throw fail(own.id === vbr.id ? 'LinkLevelBackupExists' : 'SAG.VbrBound')
    if (vbr.instanceId !== undefined) throw fail('SAG.VbrBoundToSAG')
    for (const block of await addresses.cidrs(instance.id)) {
      if (await networks.vbrOverlap(vbr.cenId, block, vbr.id)) throw fail('VbrConflict.CreateBackup')
    }

    await networks.bindVbr(vbr.id, instance.id, now)
    return {}
  },
})
