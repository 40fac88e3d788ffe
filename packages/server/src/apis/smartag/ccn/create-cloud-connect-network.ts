import { printCidrs } from '@opensag/rules'
import { boolean, stringField, text } from '../../../declare/index.ts'
import { ccnLimit, isInside } from '../../../model/ccn.ts'
import { operation } from '../../operation.ts'
import { ccnCidrBlock, ccnSnatCidrBlock } from '../ccn-params.ts'
import { ownerParams } from '../common-params.ts'

export const createCloudConnectNetwork = operation({
  name: 'CreateCloudConnectNetwork',
  family: 'ccn',
  about: { en: 'Create a cloud connect network.', zh: '创建云连接网。' },
  source: 'Smartag 2018-03-13, CreateCloudConnectNetwork',
  access: {
    action: 'smartag:CreateCloudConnectNetwork',
    level: 'Write',
    printed: 'create',
    resource: 'ccn/*',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: text()
      .default('cn-shanghai')
      .example('cn-shanghai')
      .about('The region it lives in.', '云连接网所在的地域。'),
    Name: text()
      .length(2, 100)
      .matches(/^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._-]*$/)
      .invalid('InvalidName')
      .example('branches')
      .about(
        'The name: 2–100 letters, Chinese characters, digits, `.`, `_` and `-`, beginning with a letter or Chinese character.',
        '名称，2～100 个字符，以字母或中文开头，可包含字母、中文、数字、`.`、`_` 和 `-`。',
      ),
    Description: text()
      .length(2, 128)
      .matches(/^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5_-]*$/)
      .invalid('InvalidDescription')
      .example('branches-of-the-east')
      .about(
        'The description: 2–128 letters, Chinese characters, digits, `_` and `-`, beginning with a letter or Chinese character.',
        '描述，2～128 个字符，以字母或中文开头，可包含字母、中文、数字、`_` 和 `-`。',
      ),
    CidrBlock: ccnCidrBlock,
    SnatCidrBlock: ccnSnatCidrBlock,
    // Older SDKs of this version and the Terraform provider send it; the page no longer has it.
    IsDefault: boolean()
      .default(false)
      .example('false')
      .about(
        'Marks the network as the default one of the account. A mark only: DescribeCloudConnectNetworks shows it.',
        '将云连接网标记为账号的默认云连接网。仅为标记，由 DescribeCloudConnectNetworks 返回。',
      ),
    ...ownerParams,
  },

  errors: {
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    InvalidName: [403, 'Name not valid.', '名称不合法。'],
    InvalidDescription: [403, 'Description not valid.', '详情描述超过长度限制。'],
    // Sent with nothing in it; then not sent with a SNAT range, which has to lie inside it.
    'CCN.CidrEmpty': [400, 'You must specify the CCN CIDR block.', '云连接网的地址段为空。'],
    'CCN.InvalidCidr': [400, 'The specified CCN CIDR block is invalid.', '云连接网的地址段非法。'],
    'CCN.CidrAmountLimit': [400, 'The maximum number of CCN CIDR blocks is exceeded.', '云连接网的地址段个数超限。'],
    // No network or its mask; then outside the range.
    'CCN.InvalidSnatCidr': [400, 'The SNAT CIDR block of CCN is invalid.', '云连接网SNAT地址段非法。'],
    'CCN.SnatCidrConflict': [400, 'The specified SNAT CIDR block is invalid.', '指定的SNAT地址段存在冲突。'],
    CcnAmountLimit: [
      403,
      'The CCNs you created has reached the limit, you can raise the limit by application.',
      '您创建的智能连接网数量已经达到限额，您可以通过工单申请提升限额。',
    ],
  },

  result: {
    CcnId: stringField,
    Name: stringField,
    Description: stringField,
    CidrBlock: stringField,
    SnatCidrBlock: stringField,
    Status: stringField,
    ResourceGroupId: stringField,
  },

  async run(
    { caller, networks, ids, now, fail },
    { RegionId, Name, Description, CidrBlock: cidrs = [], SnatCidrBlock: snatCidrs = [], IsDefault: isDefault },
  ) {
    if (snatCidrs.length > 0 && cidrs.length === 0) throw fail('CCN.CidrEmpty')
    if (!isInside(snatCidrs, cidrs)) throw fail('CCN.InvalidSnatCidr')
    if ((await networks.countCcns(caller.accountId)) >= ccnLimit) throw fail('CcnAmountLimit')

    const id = ids.withPrefix('ccn-')
    await networks.addCcn({
      id,
      accountId: caller.accountId,
      regionId: RegionId,
      name: Name,
      description: Description,
      cidrs,
      snatCidrs,
      isDefault,
      createdAt: now,
    })
    return {
      CcnId: id,
      Name,
      Description,
      CidrBlock: cidrs.length === 0 ? undefined : printCidrs(cidrs),
      SnatCidrBlock: snatCidrs.length === 0 ? undefined : printCidrs(snatCidrs),
      Status: 'Active',
    }
  },
})
