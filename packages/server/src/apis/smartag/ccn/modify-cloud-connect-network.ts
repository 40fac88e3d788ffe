import { isDescription, isName } from '@opensag/rules'
import { text } from '../../../declare/index.ts'
import { isInside, removedSpans, type Span } from '../../../model/ccn.ts'
import { operation } from '../../operation.ts'
import { ccnCidrBlock, ccnId, ccnSnatCidrBlock } from '../ccn-params.ts'
import { ownerParams, regionId } from '../common-params.ts'

export const modifyCloudConnectNetwork = operation({
  name: 'ModifyCloudConnectNetwork',
  family: 'ccn',
  about: {
    en: 'Change a cloud connect network. All changes of a call are made together or none; what is not sent stays as it is.',
    zh: '修改云连接网。一次调用中的修改全部生效或全部不生效；未传入的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifyCloudConnectNetwork',
  access: {
    action: 'smartag:ModifyCloudConnectNetwork',
    level: 'Write',
    resource: 'ccn/{CcnId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: {
    RegionId: regionId.required('MissingParameter').about('The region of the network.', '云连接网所在的地域。'),
    CcnId: ccnId.required('MissingParameter').blank('CCN.InvalidId'),
    Name: text()
      .satisfies(isName)
      // A name has two characters at least (D).
      .blank()
      .example('branches')
      .about(
        'The name: 2–128 letters, Chinese characters, digits, `.`, `_` and `-`, beginning with a letter or Chinese character.',
        '名称，2～128 个字符，以字母或中文开头，可包含字母、中文、数字、`.`、`_` 和 `-`。',
      ),
    Description: text()
      .satisfies(isDescription)
      // The page does not say how a description is taken away (C).
      .clearable()
      .example('Branches of the east')
      .about(
        'The description: 2–256 characters, beginning with a letter or Chinese character, not with `http://` or `https://`. Blank takes it away.',
        '描述，2～256 个字符，以字母或中文开头，不能以 `http://` 或 `https://` 开头；传空值则清除。',
      ),
    CidrBlock: ccnCidrBlock,
    // The published page no longer has it, but five of its codes speak of nothing else.
    SnatCidrBlock: ccnSnatCidrBlock.blank('CCN.SnatCidrNoConfig'),
    InterworkingStatus: text()
      .oneOf('enable', 'disable')
      .invalid('CCN.InvalidInterworkingStatus')
      .blank()
      .example('enable')
      .about('Whether its members may talk to each other.', '成员之间是否可以互通。'),
    ...ownerParams,
  },

  // Values before what exists: they need no data and tell nobody which ids there are (C).
  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'CCN.InvalidId': [400, 'You must specify the CCN instance ID.', '云连接网实例ID为空。'],
    'CCN.CidrEmpty': [400, 'You must specify the CCN CIDR block.', '云连接网的地址段为空。'],
    'CCN.InvalidCidr': [400, 'The specified CCN CIDR block is invalid.', '云连接网的地址段非法。'],
    'CCN.CidrAmountLimit': [400, 'The maximum number of CCN CIDR blocks is exceeded.', '云连接网的地址段个数超限。'],
    'CCN.SnatCidrNoConfig': [
      400,
      'You must configure the SNAT CIDR block of the CCN.',
      '云连接网的SNAT地址段尚未配置。',
    ],
    // No network or its mask; outside the range after SAG.CcnCidrNoConfig.
    'CCN.InvalidSnatCidr': [400, 'The SNAT CIDR block of CCN is invalid.', '云连接网SNAT地址段非法。'],
    // Its own blocks overlap; those of a member after CCN.SnatCidrInUse.
    'CCN.SnatCidrConflict': [400, 'The specified SNAT CIDR block is invalid.', '指定的SNAT地址段存在冲突。'],
    'CCN.InvalidInterworkingStatus': [
      400,
      'The specified connection status is invalid. Specify the connection status to enable or disable.',
      '非法的互通状态，取值为enable或disable。',
    ],
    'InvalidId.CCN': [403, 'Invalid cloud connect network id.', '无效的云连接网ID'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    'SAG.CcnCidrNoConfig': [400, 'You must configure the CIDR block of CCN.', '云连接网的地址段尚未配置。'],
    'CCN.CidrInUse': [400, 'The specified CCN CIDR block is being used.', '云连接网的地址段正在使用中。'],
    'CCN.SnatCidrInUse': [
      400,
      'The SNAT CIDR block of the CCN is being used and cannot be changed.',
      '云连接网的SNAT地址段正在使用中，不能修改。',
    ],
    'UpdateError.CCN': [403, 'Update cloud connect network error.', '更新云连接网失败'],
  },

  result: {},

  async run({ caller, networks, fail }, params) {
    const ccn = await networks.ccn(params.CcnId)
    if (ccn === undefined || ccn.regionId !== params.RegionId) throw fail('InvalidId.CCN')
    if (ccn.accountId !== caller.accountId) throw fail('Forbidden')

    const cidrs = params.CidrBlock ?? ccn.cidrs
    const snatCidrs = params.SnatCidrBlock ?? ccn.snatCidrs
    if (snatCidrs.length > 0 && cidrs.length === 0) throw fail('SAG.CcnCidrNoConfig')
    if (!isInside(snatCidrs, cidrs)) throw fail('CCN.InvalidSnatCidr')
    if (await any(removedSpans(ccn.cidrs, cidrs), (span) => networks.usesBlock(ccn.id, span))) {
      throw fail('CCN.CidrInUse')
    }
    if (await any(removedSpans(ccn.snatCidrs, snatCidrs), (span) => networks.usesSnatAddress(ccn.id, span))) {
      throw fail('CCN.SnatCidrInUse')
    }
    // Only what is new is judged: what a member had before stays its own.
    if (await any(removedSpans(snatCidrs, ccn.snatCidrs), (span) => networks.usesBlock(ccn.id, span))) {
      throw fail('CCN.SnatCidrConflict')
    }

    await networks.editCcn(ccn.id, {
      name: params.Name,
      description: params.Description,
      cidrs: params.CidrBlock,
      snatCidrs: params.SnatCidrBlock,
      interworking: params.InterworkingStatus,
    })
    return {}
  },
})

async function any(spans: readonly Span[], isUsed: (span: Span) => Promise<boolean>): Promise<boolean> {
  for (const span of spans) {
    if (await isUsed(span)) return true
  }
  return false
}
