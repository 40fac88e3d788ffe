import { ipv4ToNumber, isDescription, isName, overlapWithin, parseCidr, parseCidrList } from '@opensag/rules'
import { boolean, integer, objects, text } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { changeProblem, type InstanceChange, needsCcn } from '../../../model/instance-change.ts'
import { cidrQuota, rangeProblem } from '../../../model/range-change.ts'
import { placeSnat, snatEntryLimit, type WantedSnat } from '../../../model/snat.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { applyChange, rangeSurroundings, snatSurroundings } from '../instance-change.ts'

const ofTwin = {
  en: 'The table has no code for it; ModifySmartAccessGatewayUpBandwidth, which takes the same parameter, has this one.',
  zh: '该表没有对应的错误码，采用具有相同参数的 ModifySmartAccessGatewayUpBandwidth 的错误码。',
}

export const modifySmartAccessGateway = operation({
  name: 'ModifySmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Change settings of an instance. All changes of a call are made together or none; what is not sent stays as it is.',
    zh: '修改实例的配置。一次调用中的修改全部生效或全部不生效；未传入的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifySmartAccessGateway',
  access: {
    action: 'smartag:ModifySmartAccessGateway',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',
  // What gateways hold follows from rows of networks and other instances too.
  keepsTo: ({ SmartAGId, CidrBlock, SnatEntries, RoutingStrategy, SecurityLockThreshold }) =>
    [CidrBlock, SnatEntries, RoutingStrategy, SecurityLockThreshold].every((value) => value === undefined)
      ? { instance: SmartAGId }
      : undefined,

  params: {
    RegionId: regionId.required('MissingParameter'),
    SmartAGId: smartAgId
      .required('MissingParameter')
      .blank('SAG.InstanceIdEmpty')
      .satisfies((id) => /^sag-[a-z0-9]+$/.test(id), 'InvalidId.SMARTAG'),
    Name: text()
      .satisfies(isName, 'InvalidName')
      // A name has two characters at least (D).
      .blank('InvalidName')
      .example('branch-hangzhou')
      .about(
        'The name: 2–128 letters, Chinese characters, digits, `.`, `_` and `-`, beginning with a letter or Chinese character.',
        '名称，2～128 个字符，以字母或中文开头，可包含字母、中文、数字、`.`、`_` 和 `-`。',
      ),
    Description: text()
      .satisfies(isDescription)
      .invalid('InvalidDescription')
      // The page does not say how a description is taken away (C).
      .clearable()
      .example('Branch office')
      .about(
        'The description: 2–256 characters, beginning with a letter or Chinese character, not with `http://` or `https://`. Blank takes it away.',
        '描述，2～256 个字符，以字母或中文开头，不能以 `http://` 或 `https://` 开头；传空值则清除。',
      ),
    CidrBlock: text()
      .blank('SAG.CidrEmpty')
      .parsesTo((list) => parseCidrList(list), {
        empty: 'SAG.CidrEmpty',
        format: 'SAG.InvalidCidrFormat',
        unlawful: 'InvalidCidr',
        reserved: 'SAG.InvalidCidr',
        conflict: 'CidrConflict',
      })
      .example('192.168.10.0/24,192.168.20.0/24')
      .about(
        'The networks of the branch, separated by commas. They replace those it has; the first feeds the DHCP server, so its mask has at most 30 bits.',
        '分支的私网网段，以逗号分隔，整体替换原有网段；第一个网段用于 DHCP，掩码不超过 30 位。',
      ),
    SecurityLockThreshold: integer()
      .range(0, 2_147_483_647)
      .invalid('InvalidParameter')
      .blank()
      .example('3600')
      .about(
        'Seconds a gateway may be disconnected before it locks itself; 0 turns that off and releases a lock.',
        '网关断线超过该时长（秒）后自动锁定；0 表示关闭并解除锁定。',
      ),
    RoutingStrategy: text()
      .oneOf('static', 'dynamic')
      .invalid('SAG.InvalidRoutingStrategy')
      .blank()
      .example('static')
      .about(
        'Whether `CidrBlock` is advertised, or what the gateway learns by OSPF and BGP.',
        '发布 `CidrBlock` 中的网段（static），或发布网关通过 OSPF、BGP 学习到的路由（dynamic）。',
      ),
    Position: text()
      .clearable()
      .example('Hangzhou')
      .about('Where it is; kept as sent. Blank takes it away.', '所在位置，原样保存；传空值则清除。'),
    EnableSoftwareConnectionAudit: boolean()
      .invalid('InvalidParameter')
      .blank()
      .example('false')
      .about('Record logon and logoff of remote users; SAG APP only.', '记录客户端用户的登录与退出，仅 SAG APP 支持。'),
    SnatEntries: objects({
      CidrBlock: text().about('The range to hide.', '需要转换的私网网段。'),
      SnatIp: text().about('The address it is seen as; without it, a free one.', '转换后的地址；不传入时自动分配。'),
    })
      .parsesTo(wantedSnat, { source: 'SAG.InvalidSnatCidr', address: 'SAG.InvalidSnatIp' })
      .about(
        'Ranges hidden behind an address of the SNAT range of the cloud connect network. They replace those it has.',
        '使用云连接网 SNAT 网段中的地址进行转换的私网网段，整体替换原有条目。',
      ),
    ...ownerParams,
  },

  // Values before what exists: they need no data and tell nobody which ids there are (C; nothing published fixes it).
  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    // Policy here; another account's instance after SAG.InstanceNoFound.
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    InvalidName: [400, 'The specified name is invalid.', '名称不合法。'],
    InvalidDescription: [400, 'The specified description is invalid.', '您输入的描述不合法。', ofTwin],
    'SAG.InvalidRoutingStrategy': [400, 'The specified routing strategy is invalid.', '非法的路由模式。', ofTwin],
    InvalidParameter: [
      403,
      'The specified parameter is invalid.',
      '非法参数。',
      {
        en: 'The table has no code for a threshold that is no number or a flag that is no boolean; other operations have this one.',
        zh: '该表没有“锁定阈值不是数字”或“开关不是布尔值”的错误码，采用其他操作的错误码。',
      },
    ],
    'SAG.CidrEmpty': [400, 'You must specify the CIDR blocks of SAG.', '智能网关地址段为空。'],
    'SAG.InvalidCidrFormat': [400, 'The specified CIDR format is invalid.', '地址段格式不合法。'],
    InvalidCidr: [403, 'Cidr is illegal, please check your input.', 'Cidr不合法，请检查您的输入'],
    // Reserved here; a first block without room for a terminal after SAG.CidrOverlap.
    'SAG.InvalidCidr': [400, 'The specified CIDR block is invalid.', '智能网关地址段非法。'],
    CidrConflict: [403, 'Cidr is conflict, Please Check your input.', '子网网段冲突，请检查输入'],
    'SAG.InvalidSnatCidr': [400, 'The specified SNAT CIDR block is invalid.', '智能网关SNAT CIDR非法。'],
    // Malformed here; outside the SNAT range after CCN.SnatCidrNoConfig.
    'SAG.InvalidSnatIp': [400, 'The specified SNAT IP address is invalid.', '智能网关SNAT IP非法。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
    SmartAccessGatewayNotActivated: [
      500,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    'SAG.NoActive': [400, 'The specified SAG instance has not been activated.', '智能接入网关实例尚未开通。'],
    SmartAccessGatewayInArrears: [
      500,
      'The specified Smart Access Gateway has expired.',
      '该智能接入网关已经到期停服，请续费。',
    ],
    'SAG.Arrearage': [
      400,
      'The specified SAG instance has overdue payments. Renew the instance first.',
      '智能接入网关实例已欠费，请先续费。',
    ],
    ActionNotSupport: [400, 'The specified instance does not support this action.', '当前实例不支持此功能。'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    'SAG.NotAllowConfigCidr': [
      400,
      'You cannot specify a static CIDR block when the dynamic routing strategy is used.',
      '使用动态路由模式时，不能指定静态地址段。',
    ],
    'SAG.CidrAmountLimit': [
      400,
      'The maximum number of static routes for the SAG instance is exceeded.',
      '智能接入网关实例的静态路由数量超出限额。',
    ],
    'SAG.CidrUsedByRoutableAddress': [
      400,
      'A routable internal IP address belongs to the specified internal CIDR block. You cannot modify this CIDR block.',
      '该地址段中存在可路由的私网地址，不能修改。',
    ],
    'SAG.SslConnectionSpecInvalid': [400, 'The number of SslConnectionSpec is invalid.', '连接数非法。'],
    'SAG.IpCountTooLittle': [
      400,
      'The number of available IP addresses of the CIDR block is fewer than the number of SslConnectionSpec.',
      '地址段可用ip数少于连接数。',
    ],
    'SAG.CidrOverlap': [400, 'The specified CIDR overlaps with an existing CIDR.', '指定的地址段与已有地址段重叠。'],
    'SAG.CcnCidrNoConfig': [400, 'You must configure the CIDR block of CCN.', '绑定的云连接网地址段未配置。'],
    'SAG.InvalidCidr.NoBelongCcnCidr': [
      400,
      'The specified SAG CIDR block does not belong to the CCN CIDR block.',
      '智能网关地址段不属于云接网地址段。',
    ],
    'SAG.ConflictCidr.CcnSnatCidr': [
      400,
      'The SAG CIDR block is in conflict with the CCN CIDR block.',
      '智能网关地址段与云连接网地址段冲突。',
    ],
    'VbrConflict.ChangeSubnet': [
      403,
      'The subnet of the gateway conflicts with the VBR. Modify the subnet first.',
      '该智能接入网关的子网网段与VBR有冲突，请修改子网网段。',
    ],
    'VbrConflict.CreateBackup': [
      403,
      'The subnet of the gateway conflicts with the VBR. Create a backup relationship first.',
      '该智能接入网关的子网网段与VBR有冲突，请先创建专线备份。',
    ],
    SmartAccessGatewayNotBind: [403, 'The instance has not yet been bound.', '该实例未被绑定'],
    'CCN.CidrEmpty': [400, 'You must specify the CCN CIDR block.', '云连接网的地址段为空。'],
    'CCN.SnatCidrNoConfig': [
      400,
      'You must configure the SNAT CIDR block of the CCN.',
      '云连接网的SNAT地址段尚未配置。',
    ],
    'CCN.SnatCidrConflict': [400, 'The specified SNAT CIDR block is invalid.', '指定的SNAT地址段存在冲突'],
    // For a new block that holds an address in use: right after SAG.ConflictCidr.CcnSnatCidr.
    'SAG.ConflictSnatIp': [400, 'The specified SNAT IP address is invalid.', '指定的SNAT IP存在冲突。'],
    InternalError: [500, 'An error occurred while processing your request.', '请求失败，发生未知错误。'],
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, now, fail } = context
    const instance = await fleet.instanceById(params.SmartAGId)
    if (instance === undefined || instance.regionId !== params.RegionId) throw fail('SAG.InstanceNoFound')
    // Only the owner modifies: a grant lets the other account attach and detach, and nothing else.
    if (instance.accountId !== caller.accountId) throw fail('Forbidden')

    const isHardware = instance.kind === 'hardware'
    if (!isActivated(instance, now)) throw fail(isHardware ? 'SmartAccessGatewayNotActivated' : 'SAG.NoActive')
    if (isInArrears(instance, now)) throw fail(isHardware ? 'SmartAccessGatewayInArrears' : 'SAG.Arrearage')

    const change: InstanceChange = {
      cidrs: params.CidrBlock,
      routingStrategy: params.RoutingStrategy,
      securityLockThreshold: params.SecurityLockThreshold,
      connectionAudit: params.EnableSoftwareConnectionAudit,
      snat: params.SnatEntries,
    }
    const { cidrs } = change
    const unsupported = changeProblem(instance, change)
    if (unsupported !== undefined) throw fail(unsupported)

    if (cidrs !== undefined) {
      if (cidrs.length > cidrQuota) throw fail('SAG.CidrAmountLimit')
      const problem = rangeProblem(cidrs, await rangeSurroundings(context, instance, change, cidrs))
      if (problem !== undefined) throw fail(problem)
    }
    if (instance.ccnId === undefined && needsCcn(change)) throw fail('SmartAccessGatewayNotBind')

    const { snat } = change
    const placed =
      snat === undefined ? undefined : placeSnat(snat, await snatSurroundings(context, instance, change, snat))
    if (typeof placed === 'string') throw fail(placed)

    await applyChange(context, instance, {
      cidrs,
      snat: placed,
      name: params.Name,
      description: params.Description,
      position: params.Position,
      routingStrategy: change.routingStrategy,
      securityLockThreshold: change.securityLockThreshold,
      connectionAudit: change.connectionAudit,
    })
    return {}
  },
})

interface SnatParams {
  readonly CidrBlock: string | undefined
  readonly SnatIp: string | undefined
}

/** The entries, or what is wrong: a source first, as a call is answered with one code. */
function wantedSnat(entries: readonly SnatParams[]): readonly WantedSnat[] | 'source' | 'address' {
  const wanted: WantedSnat[] = []
  let badAddress = false
  for (const { CidrBlock = '', SnatIp } of entries) {
    const cidr = parseCidr(CidrBlock.trim())
    if (typeof cidr === 'string') return 'source'
    const snatIp = SnatIp === undefined ? undefined : ipv4ToNumber(SnatIp.trim())
    badAddress ||= SnatIp !== undefined && snatIp === undefined
    wanted.push({ cidr, snatIp })
  }
  // The table has no code for more entries than an instance may have (C).
  if (overlapWithin(wanted.map(({ cidr }) => cidr)) || wanted.length > snatEntryLimit) return 'source'
  return badAddress ? 'address' : wanted
}
