import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { aclId, aclName, aclRegion } from './acl-params.ts'

export const modifyAcl = operation({
  name: 'ModifyACL',
  family: 'acl',
  about: {
    en: 'Change the name of an access control list.',
    zh: '修改访问控制列表的名称。',
  },
  source: 'Smartag 2018-03-13, ModifyACL',
  access: { action: 'smartag:ModifyACL', level: 'Write', resource: 'acl/{AclId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    AclId: aclId.required('MissingParameter'),
    Name: aclName.required('MissingParameter').invalid('InvalidName'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    InvalidName: [403, 'Name not valid.', '名称不合法'],
    'InvalidId.ACL': [403, 'The specified ACL ID is invalid.', '无效的ACL组ID'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: {},

  async run({ caller, acls, fail }, { RegionId, AclId, Name }) {
    const acl = await acls.find(caller.accountId, RegionId, AclId)
    if (acl === undefined) throw fail('InvalidId.ACL')
    await acls.rename(acl, Name)
    return {}
  },
})
