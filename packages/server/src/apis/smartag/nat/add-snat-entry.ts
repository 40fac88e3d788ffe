import { type Cidr, cidrAt, ipv4ToNumber, overlaps, parseCidr } from '@opensag/rules'
import { stringField, text } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { activeDevice, standbyDevice } from '../../../model/binding.ts'
import { canTranslateSources } from '../../../model/device-features.ts'
import { snatEntryLimit } from '../../../model/snat.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

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
    'SAG.ConflictSnatIp': [
      400,
      'The specified SNAT IP address is invalid.',
      '指定的SNAT IP存在冲突。',
      {
        en: 'The table has no code for an address that another member of the cloud connect network has; ModifySmartAccessGateway has this one.',
        zh: '该表没有“地址已被云连接网中其他实例使用”的错误码，采用 ModifySmartAccessGateway 的错误码。',
      },
    ],
    'SNAT.SnatDnatIpConflict': [
      400,
      'The SNAT destination IP address is the same as the DNAT IP address.',
      'SNAT目标IP与DNAT IP冲突',
    ],
    InternalError: [500, 'An error occurred while processing your request.', '请求失败，发生未知错误。'],
  },

  result: { InstanceId: stringField },

  async run({ caller, fleet, addresses, ids, now, fail }, { RegionId, SmartAGId, CidrBlock: cidr, SnatIp: snatIp }) {
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
    // Answers would find two branches; binding and ModifySmartAccessGateway refuse it too (C).
    const { ccnId } = instance
    if (ccnId !== undefined && (await addresses.snatIps(ccnId, cidrAt(snatIp, 32), instance.id)).length > 0) {
      throw fail('SAG.ConflictSnatIp')
    }

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
