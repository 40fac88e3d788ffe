import type { AclRule } from '../../../model/acl.ts'
import { portsFit } from '../../../model/five-tuple.ts'
import { operation } from '../../operation.ts'
import { applicationsIn, dpiGroupIds, dpiSignatureIds } from '../application-params.ts'
import { ownerParams } from '../common-params.ts'
import { aboutTuple, network, ports, protocol } from '../five-tuple-params.ts'
import { aclId, aclName, aclRegion, acrId, direction, policy, priority, ruleDescription, side } from './acl-params.ts'
import { lackOfInstances, someLackWan } from './instances-of-acl.ts'
import { ruleFields, shownRule } from './rule-view.ts'

export const modifyAclRule = operation({
  name: 'ModifyACLRule',
  family: 'acl',
  about: {
    en: 'Change a rule of an access control list. All changes of a call are made together or none; what is not sent stays as it is.',
    zh: '修改访问控制列表的规则。一次调用中的修改全部生效或全部不生效；未传入的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifyACLRule',
  access: {
    action: 'smartag:ModifyACLRule',
    level: 'Write',
    resource: 'acl/{AclId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    AclId: aclId.required('MissingParameter'),
    AcrId: acrId.required('MissingParameter'),
    // Blank takes these two away (C); the others cannot be without a value.
    Name: aclName.clearable().invalid('InvalidParameter'),
    Description: ruleDescription.clearable().invalid('InvalidDescription'),
    Direction: direction.invalid('InvalidParameter').blank(),
    Policy: policy.invalid('InvalidParameter').blank(),
    IpProtocol: protocol.invalid('NotSupportedProtocol').blank(),
    SourceCidr: network
      .invalid('InvalidParameter')
      .blank()
      .about(...aboutTuple.source),
    SourcePortRange: ports
      .invalid('InvalidPortRange')
      .blank()
      .about(...aboutTuple.sourcePorts),
    DestCidr: network
      .invalid('InvalidParameter')
      .blank()
      .about(...aboutTuple.dest),
    DestPortRange: ports
      .invalid('InvalidPortRange')
      .blank()
      .about(...aboutTuple.destPorts),
    Priority: priority.invalid('InvalidParameter').blank(),
    Type: side.invalid('ACL.InvalidType').blank(),
    DpiGroupIds: dpiGroupIds.invalid('InvalidParameter'),
    DpiSignatureIds: dpiSignatureIds.invalid('InvalidParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    InvalidDescription: [403, 'Description not valid.', '详情描述超过长度限制。'],
    NotSupportedProtocol: [
      403,
      'The specified protocol of the ACL rule is not supported.',
      '您输入的ACL规则的协议类型是不支持的。',
    ],
    InvalidPortRange: [403, 'The specified port range is invalid.', '您输入的端口范围不合法。'],
    'ACL.InvalidType': [400, 'The specified ACL type is invalid.', '非法的ACL类型。'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    'InvalidId.ACL': [403, 'The specified ACL ID is invalid.', '无效的ACL组ID。'],
    'InvalidId.ACR': [403, 'The specified ACL rule ID is invalid.', '您输入的ACL规则ID无效。'],
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
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: ruleFields,

  async run(context, params) {
    const { caller, acls, fail } = context
    const acl = await acls.find(caller.accountId, params.RegionId, params.AclId)
    if (acl === undefined) throw fail('InvalidId.ACL')
    const before = (await acls.rules(acl.id)).find(({ id }) => id === params.AcrId)
    if (before === undefined) throw fail('InvalidId.ACR')
    const rule: AclRule = {
      ...before,
      name: params.Name ?? before.name,
      description: params.Description ?? before.description,
      policy: params.Policy ?? before.policy,
      direction: params.Direction ?? before.direction,
      side: params.Type ?? before.side,
      priority: params.Priority ?? before.priority,
      protocol: params.IpProtocol ?? before.protocol,
      sourceCidr: params.SourceCidr ?? before.sourceCidr,
      sourcePorts: params.SourcePortRange ?? before.sourcePorts,
      destCidr: params.DestCidr ?? before.destCidr,
      destPorts: params.DestPortRange ?? before.destPorts,
      applications: applicationsIn(params, before.applications),
    }
    if (!portsFit(rule)) throw fail('InvalidPortRange')
    // The users of a SAG APP have their own way to the Internet.
    if (rule.side === 'WAN' && acl.type === 'acl-software') throw fail('ACL.InvalidType')
    if (rule.side === 'WAN' && (await someLackWan(context, acl))) throw fail('ACL.NoSupportWanType')
    const lack = await lackOfInstances(context, acl)
    if (lack !== undefined) throw fail(lack)
    // Nobody recognises what remote users do.
    if (acl.type === 'acl-software' && applicationsIn(params) !== undefined) throw fail('FeatureNotSupport')
    await acls.changeRule(rule)
    return shownRule(rule)
  },
})
