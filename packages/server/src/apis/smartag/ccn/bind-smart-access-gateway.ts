import { overlaps } from '@opensag/rules'
import { long } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { type Ccn, isInside } from '../../../model/ccn.ts'
import type { Instance } from '../../../model/instance.ts'
import { entryProblem } from '../../../model/snat.ts'
import type { OperationContext } from '../../context.ts'
import { operation } from '../../operation.ts'
import { anyRegionId, ccnId, otherOwner } from '../ccn-params.ts'
import { ownerParams, smartAgId } from '../common-params.ts'
import { snatPlace } from '../instance-change.ts'

export const bindSmartAccessGateway = operation({
  name: 'BindSmartAccessGateway',
  family: 'ccn',
  about: {
    en: 'Put an instance into a cloud connect network. An instance is in one at most.',
    zh: '将智能接入网关实例绑定到云连接网。一个实例最多绑定一个云连接网。',
  },
  source: 'Smartag 2018-03-13, BindSmartAccessGateway',
  access: {
    action: 'smartag:BindSmartAccessGateway',
    level: 'Write',
    resource: ['ccn/{CcnId}', 'smartag/{SmartAGId}'],
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: {
    RegionId: anyRegionId,
    CcnId: ccnId.required('MissingParameter'),
    SmartAGId: smartAgId.required('MissingParameter'),
    SmartAGUid: long().example('1250123456123456').about(otherOwner.en, otherOwner.zh),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'InvalidId.CCN': [403, 'Invalid cloud connect network id.', '无效的云连接网ID'],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    SmartAccessGatewayNotActivated: [
      500,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    SmartAccessGatewayInArrears: [
      500,
      'The specified Smart Access Gateway has expired.',
      '该智能接入网关已经到期停服，请续费。',
    ],
    SmartAccessGatewayAlreadyBound: [403, 'The smart access gateway already bound.', '该智能接入网关已经绑定'],
    CidrConflict: [403, 'Cidr is conflict, Please Check your input.', '子网网段冲突，请检查输入'],
    TunnelIdNotEnough: [403, 'Tunnel id is not enough.', '隧道ID不足'],
    TunnelIdDistributeError: [500, 'Tunnel id distribute error.', '隧道ID分配出错'],
    'UpdateError.SMARTAG': [500, 'Update smart access gateway error.', '更新智能接入网关出错'],
  },

  result: {},

  async run(context, { RegionId, CcnId, SmartAGId, SmartAGUid }) {
    const { caller, fleet, networks, now, fail } = context
    const ccn = await networks.ccn(CcnId)
    if (ccn === undefined || (RegionId ?? ccn.regionId) !== ccn.regionId) throw fail('InvalidId.CCN')
    const instance = await fleet.instanceById(SmartAGId)
    if (instance === undefined || instance.regionId !== ccn.regionId) throw fail('InvalidId.SMARTAG')
    if (SmartAGUid !== undefined && SmartAGUid !== instance.accountId) throw fail('InvalidId.SMARTAG')

    if (ccn.accountId !== caller.accountId) throw fail('Forbidden')
    if (instance.accountId !== caller.accountId) {
      if (SmartAGUid === undefined || !(await networks.grantExists(instance.id, ccn.id))) throw fail('Forbidden')
    }
    // The table has the codes of shipped hardware only; they stand for every kind (S).
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')
    if (instance.ccnId !== undefined) throw fail('SmartAccessGatewayAlreadyBound')
    if (await isInConflict(context, instance, ccn)) throw fail('CidrConflict')

    await networks.bind(instance.id, ccn.id, now)
    return {}
  },
})

/**
 * The instance brings a block that a member has, or in which one has an address of an SNAT or DNAT entry, that lies outside the
 * network's range or in its SNAT range; or an SNAT or DNAT entry that the network has no place for. What it changes later is held to the same.
 */
async function isInConflict(context: OperationContext, instance: Instance, ccn: Ccn): Promise<boolean> {
  const { networks, addresses } = context
  const blocks = await addresses.cidrs(instance.id)
  if (ccn.cidrs.length > 0 && !isInside(blocks, ccn.cidrs)) return true
  if (blocks.some((block) => ccn.snatCidrs.some((range) => overlaps(range, block)))) return true
  for (const block of blocks) {
    if ((await networks.usesBlock(ccn.id, block)) || (await networks.usesTranslation(ccn.id, block))) return true
  }
  const place = { instanceId: instance.id, ccnId: ccn.id }
  for (const { externalIp } of await addresses.dnatEntries(instance.id)) {
    if (externalIp !== undefined && (await addresses.addressProblem(place, externalIp, 'dnat'))) return true
  }
  const entries = await addresses.snatEntries(instance.id)
  return entryProblem(entries, await snatPlace(context, instance.id, ccn.id, entries)) !== undefined
}
