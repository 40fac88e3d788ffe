import { type Cidr, ipv4ToNumber, overlaps, parseCidr } from '@opensag/rules'
import { stringField, text } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { activeDevice, standbyDevice } from '../../../model/binding.ts'
import { canTranslateSources } from '../../../model/device-features.ts'
import { entryProblem, snatEntryLimit } from '../../../model/snat.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { snatPlace } from '../instance-change.ts'

const ofModify = {
  en: 'The table has no code for it; ModifySmartAccessGateway, which makes such entries too, has this one.',
  zh: '该表没有对应的错误码，采用同样可以配置 SNAT 条目的 ModifySmartAccessGateway 的错误码。',
}

export const addSnatEntry = operation({
  name: 'AddSnatEntry',
  family: 'nat',
  about: {
    en: 'Hide a range of the branch behind one address: toward the cloud connect network it appears as that address.',
    zh: '添加私网 SNAT 条目：分支网段访问云连接网时，源地址转换为指定地址。',
  },
  source: 'Smartag 2018-03-13, AddSnatEntry',
  access: { action: 'smartag:AddSnatEntry', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    CidrBlock: text()
      .required()
      .readsAs(branchNetwork)
      .example('192.168.1.0/24')
      .about('The range to hide.', '需要转换的私网网段。'),
    SnatIp: text()
      .required()
      .readsAs((ip) => ipv4ToNumber(ip.trim()))
      .example('10.255.0.1')
      .about('The address it is seen as.', '转换后的地址。'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
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
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    FeatureNotSupportForStandBySmartAG: [
      403,
      'The current edition of the standby smart access gateway does not support this feature.',
      '备智能接入网关的当前版本不支持该功能特性',
    ],
    'SNAT.CidrConfigExist': [400, 'The specified SNAT CIDR block already exists.', 'SNAT地址段已经存在。'],
    'SNAT.AmountLimit': [400, 'The maximum number of SNAT entries is exceeded.', 'SNAT条目已经到达上限。'],
    'SAG.InvalidSnatIp': [400, 'The specified SNAT IP address is invalid.', '智能网关SNAT IP非法。', ofModify],
    'CCN.SnatCidrConflict': [400, 'The specified SNAT CIDR block is invalid.', '指定的SNAT地址段存在冲突', ofModify],
    'SAG.ConflictSnatIp': [400, 'The specified SNAT IP address is invalid.', '指定的SNAT IP存在冲突。', ofModify],
    'SNAT.SnatDnatIpConflict': [
      400,
      'The SNAT destination IP address is the same as the DNAT IP address.',
      'SNAT目标IP与DNAT IP冲突',
    ],
    InternalError: [500, 'An error occurred while processing your request.', '请求失败，发生未知错误。'],
  },

  result: { InstanceId: stringField },

  async run(context, { RegionId, SmartAGId, CidrBlock: cidr, SnatIp: snatIp }) {
    const { caller, fleet, addresses, ids, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')

    const [active, standby] = [activeDevice(instance), standbyDevice(instance)]
    // A remote-access service has no gateway that could translate.
    if (instance.kind === 'app' || (active !== undefined && !canTranslateSources(active))) {
      throw fail('FeatureNotSupport')
    }
    if (standby !== undefined && !canTranslateSources(standby)) throw fail('FeatureNotSupportForStandBySmartAG')

    const entries = await addresses.snatEntries(instance.id)
    // Two ranges that overlap would leave it open which address a packet gets (C).
    if (entries.some((entry) => overlaps(entry.cidr, cidr))) throw fail('SNAT.CidrConfigExist')
    if (entries.length >= snatEntryLimit) throw fail('SNAT.AmountLimit')
    const { ccnId } = instance
    const problem = entryProblem([{ cidr, snatIp }], await snatPlace(context, instance.id, ccnId, [{ cidr, snatIp }]))
    if (problem !== undefined) throw fail(problem)
    // As in one call of ModifySmartAccessGateway, each entry has an address of its own (S).
    if (entries.some((entry) => entry.snatIp === snatIp)) throw fail('SAG.ConflictSnatIp')
    const dnat = await addresses.dnatEntries(instance.id)
    if (dnat.some(({ externalIp }) => externalIp === snatIp)) throw fail('SNAT.SnatDnatIpConflict')

    const id = ids.withPrefix('snat-')
    await addresses.addSnatEntry({ id, instanceId: instance.id, cidr, snatIp, createdAt: now }, ccnId)
    await addresses.refreshConfig(instance.id)
    return { InstanceId: id }
  },
})

function branchNetwork(text: string): Cidr | undefined {
  const cidr = parseCidr(text.trim())
  return typeof cidr === 'string' ? undefined : cidr
}
