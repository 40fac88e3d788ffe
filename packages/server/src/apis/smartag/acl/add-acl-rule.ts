import { stringField } from '../../../declare/index.ts'
import { aclRuleLimit } from '../../../model/acl.ts'
import { portsFit } from '../../../model/five-tuple.ts'
import { operation } from '../../operation.ts'
import { applicationsIn, dpiGroupIds, dpiSignatureIds } from '../application-params.ts'
import { ownerParams } from '../common-params.ts'
import { aboutTuple, network, ports, protocol } from '../five-tuple-params.ts'
import { aclId, aclName, aclRegion, direction, policy, priority, ruleDescription, side } from './acl-params.ts'
import { lackOfInstances, someLackWan } from './instances-of-acl.ts'
import { ruleFields, shownRule } from './rule-view.ts'

export const addAclRule = operation({
  name: 'AddACLRule',
  family: 'acl',
  about: {
    en: 'Add a rule to an access control list. A connection is judged by the packets of the side that begins it, and the first rule that matches them decides: by priority, `drop` before `accept`, longer prefixes before shorter ones, then the oldest. Connections that a new rule stops end.',
    zh: '为访问控制列表添加规则。按发起方的报文判断连接，首条匹配的规则生效：先按优先级，`drop` 先于 `accept`，前缀更长者在前，再按创建时间。新规则拒绝的已有连接随即中断。',
  },
  source: 'Smartag 2018-03-13, AddACLRule',
  access: { action: 'smartag:AddACLRule', level: 'Write', resource: 'acl/{AclId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    AclId: aclId.required('MissingParameter'),
    Direction: direction.required('MissingParameter').invalid('InvalidParameter'),
    Policy: policy.required('MissingParameter').invalid('InvalidParameter'),
    IpProtocol: protocol.required('MissingParameter').invalid('NotSupportedProtocol'),
    SourceCidr: network
      .required('MissingParameter')
      .invalid('InvalidParameter')
      .about(...aboutTuple.source),
    SourcePortRange: ports
      .required('MissingParameter')
      .invalid('InvalidPortRange')
      .about(...aboutTuple.sourcePorts),
    DestCidr: network
      .required('MissingParameter')
      .invalid('InvalidParameter')
      .about(...aboutTuple.dest),
    DestPortRange: ports
      .required('MissingParameter')
      .invalid('InvalidPortRange')
      .about(...aboutTuple.destPorts),
    Priority: priority.default(1).invalid('InvalidParameter'),
    Type: side.default('LAN').invalid('ACL.InvalidType'),
    Name: aclName.invalid('InvalidParameter'),
    Description: ruleDescription.invalid('InvalidDescription'),
    DpiGroupIds: dpiGroupIds.invalid('InvalidParameter'),
    DpiSignatureIds: dpiSignatureIds.invalid('InvalidParameter'),
    ...ownerParams,
  },

  checks: [
    {
      param: 'DestPortRange',
      code: 'InvalidPortRange',
      test: (values) =>
        portsFit({
          protocol: values.IpProtocol,
          sourceCidr: values.SourceCidr,
          sourcePorts: values.SourcePortRange,
          destCidr: values.DestCidr,
          destPorts: values.DestPortRange,
        }),
    },
  ],

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    InvalidDescription: [403, 'Description not valid.', '详情描述超过长度限制'],
    NotSupportedProtocol: [
      403,
      'The specified protocol of the ACL rule is not supported.',
      '您输入的ACL规则的协议类型是不支持的',
    ],
    InvalidPortRange: [403, 'The specified port range is invalid.', '您输入的端口范围不合法。'],
    'ACL.InvalidType': [400, 'The specified ACL type is invalid.', '非法的ACL类型。'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    'InvalidId.ACL': [403, 'The specified ACL ID is invalid.', '无效的ACL组ID。'],
    AcrPerAclAmountLimit: [
      403,
      'The maximum number of rules in an ACL is exceeded. You can open a ticket to increase the quota.',
      '您创建的ACL规则超出了单个ACL组下规则数量限额，您可以通过工单申请提升限额',
    ],
    'ACL.NoSupportWanType': [400, 'An SAG 1000 device does not support a WAN ACL.', 'sag-1000类型盒子不支持公网ACL。'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
    ],
    FeatureNotSupportForActiveSmartAG: [
      403,
      'The current edition of the active smart access gateway does not support this feature.',
      '主智能接入网关的当前版本不支持该功能特性。',
    ],
    FeatureNotSupportForStandBySmartAG: [
      403,
      'The current edition of the standby smart access gateway does not support this feature.',
      '备智能接入网关的当前版本不支持该功能特性。',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: { ...ruleFields, Type: stringField },

  async run(context, params) {
    const { caller, acls, ids, now, fail } = context
    const acl = await acls.find(caller.accountId, params.RegionId, params.AclId)
    if (acl === undefined) throw fail('InvalidId.ACL')
    // The users of a SAG APP have their own way to the Internet.
    if (params.Type === 'WAN' && acl.type === 'acl-software') throw fail('ACL.InvalidType')
    if ((await acls.rules(acl.id)).length >= aclRuleLimit) throw fail('AcrPerAclAmountLimit')
    if (params.Type === 'WAN' && (await someLackWan(context, acl))) throw fail('ACL.NoSupportWanType')
    const lack = await lackOfInstances(context, acl)
    if (lack !== undefined) throw fail(lack)
    // Nobody recognises what remote users do.
    if (acl.type === 'acl-software' && applicationsIn(params) !== undefined) throw fail('FeatureNotSupport')
    const rule = {
      id: ids.withPrefix('acr-'),
      aclId: acl.id,
      name: params.Name ?? '',
      description: params.Description ?? '',
      policy: params.Policy,
      direction: params.Direction,
      side: params.Type,
      priority: params.Priority,
      protocol: params.IpProtocol,
      sourceCidr: params.SourceCidr,
      sourcePorts: params.SourcePortRange,
      destCidr: params.DestCidr,
      destPorts: params.DestPortRange,
      applications: applicationsIn(params),
      createdAt: now,
    }
    await acls.addRule(rule)
    return { ...shownRule(rule), Type: rule.side }
  },
})
