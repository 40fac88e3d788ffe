import { overlaps } from '@opensag/rules'
import { long } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { otherOwner } from '../ccn-params.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { vbrId, vbrRegionId } from '../vbr-params.ts'

export const unbindVbr = operation({
  name: 'UnbindVbr',
  family: 'vbr-express-connect',
  about: {
    en: 'End the backup of a leased line. The instance must no longer have a subnet that the line serves.',
    zh: '解除智能接入网关实例与专线的备份关系。实例不能再包含专线服务的网段。',
  },
  source: 'Smartag 2018-03-13, UnbindVbr',
  access: { action: 'smartag:UnbindVbr', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    SmartAGUid: long().example('253460731706911258').about(otherOwner.en, otherOwner.zh),
    VbrId: vbrId.required(),
    VbrRegionId: vbrRegionId.required(),
    ...ownerParams,
  },

  errors: {
    'Forbidden.SubUser': [
      400,
      'You are not authorized to operate on the specified resource.',
      '您不具有操作指定资源的权限',
    ],
    'InvalidId.SMARTAG': [
      403,
      'The specified smart access gateway instance id is invalid.',
      '无效的智能接入网关ID',
      {
        en: 'The published table is not complete; BindVbr has this code for an instance that is not there.',
        zh: '公开的错误码表不完整，采用 BindVbr 中“实例不存在”的错误码。',
      },
    ],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    'InvalidId.VBR': [
      400,
      'The specified VBR instance is invalid. You must specify a VBR instance that is associated with an ECC instance.',
      '非法的vbr，当前vbr实例不是来自ecc实例。',
      {
        en: 'The published table is not complete; BindVbr has this code. Here also for a VBR the instance does not back up.',
        zh: '公开的错误码表不完整，采用 BindVbr 的错误码；实例不是该 VBR 的备份时也返回此错误码。',
      },
    ],
    NotBoundCEN: [
      400,
      'Bind the specified CCN instance to a CEN instance first.',
      '当前CCN实例还未绑定CEN，请先绑定。',
    ],
    'VbrConflict.ChangeSubnet': [
      403,
      'The subnet of the gateway conflicts with the VBR. Modify the subnet first.',
      '该智能接入网关的子网网段与VBR有冲突，请修改子网网段。',
    ],
  },

  result: {},

  async run({ caller, fleet, networks, addresses, fail }, params) {
    const { SmartAGUid, VbrRegionId } = params
    const instance = await fleet.instanceById(params.SmartAGId)
    if (instance === undefined || instance.regionId !== params.RegionId) throw fail('InvalidId.SMARTAG')
    if (SmartAGUid !== undefined && SmartAGUid !== instance.accountId) throw fail('InvalidId.SMARTAG')
    const vbr = await networks.vbr(params.VbrId)
    // The owner of the line may end what was granted to it, naming the owner of the instance.
    const isTheirLine =
      vbr?.accountId === caller.accountId && vbr.instanceId === instance.id && SmartAGUid !== undefined
    if (instance.accountId !== caller.accountId && !isTheirLine) throw fail('Forbidden')

    if (vbr?.instanceId !== instance.id || vbr.regionId !== VbrRegionId) throw fail('InvalidId.VBR')
    const ccn = instance.ccnId === undefined ? undefined : await networks.ccn(instance.ccnId)
    if (ccn?.cenId === undefined) throw fail('NotBoundCEN')
    const routes = await networks.vbrRoutes(vbr.id)
    const blocks = await addresses.cidrs(instance.id)
    if (blocks.some((block) => routes.some((route) => overlaps(route, block)))) throw fail('VbrConflict.ChangeSubnet')

    await networks.unbindVbr(vbr.id)
    return {}
  },
})
