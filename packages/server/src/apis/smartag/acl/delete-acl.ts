import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { aclId, aclRegion } from './acl-params.ts'
import { lackOfInstances } from './instances-of-acl.ts'

export const deleteAcl = operation({
  name: 'DeleteACL',
  family: 'acl',
  about: {
    en: 'Delete an access control list with its rules. Instances that have it have none any more, so all their connections pass.',
    zh: '删除访问控制列表及其规则，并解除与实例的关联，此后其所有连接允许通过。',
  },
  source: 'Smartag 2018-03-13, DeleteACL',
  access: { action: 'smartag:DeleteACL', level: 'Write', resource: 'acl/{AclId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    AclId: aclId.required('MissingParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    'InvalidId.ACL': [403, 'The specified ACL ID is invalid.', '无效的ACL组ID'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    FeatureNotSupportForActiveSmartAG: [
      403,
      'The current edition of the active smart access gateway does not support this feature.',
      '主智能接入网关的当前版本不支持该功能特性',
    ],
    FeatureNotSupportForStandBySmartAG: [
      403,
      'The current edition of the standby smart access gateway does not support this feature.',
      '备智能接入网关的当前版本不支持该功能特性',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: {},

  async run(context, { RegionId, AclId }) {
    const { caller, acls, fail } = context
    const acl = await acls.find(caller.accountId, RegionId, AclId)
    if (acl === undefined) throw fail('InvalidId.ACL')
    const lack = await lackOfInstances(context, acl)
    if (lack !== undefined) throw fail(lack)
    await acls.remove(acl)
    return {}
  },
})
