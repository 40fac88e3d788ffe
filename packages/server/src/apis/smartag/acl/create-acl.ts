import { stringField, text } from '../../../declare/index.ts'
import { aclLimit, aclTypes } from '../../../model/acl.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { aclName, aclRegion } from './acl-params.ts'

export const createAcl = operation({
  name: 'CreateACL',
  family: 'acl',
  about: {
    en: 'Create an access control list, without rules: an account has 10 at most. Rules are added to it, and instances associated with it. What no rule matches passes.',
    zh: '创建访问控制列表（不含规则），每个账号最多 10 个。随后添加规则并关联实例。未匹配任何规则的连接允许通过。',
  },
  source: 'Smartag 2018-03-13, CreateACL',
  access: { action: 'smartag:CreateACL', level: 'Write', resource: 'acl/*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    Name: aclName.required('MissingParameter').invalid('InvalidName'),
    AclType: text()
      .oneOf(...aclTypes)
      .default('acl-hardware')
      .example('acl-hardware')
      .about(
        'For gateways (`acl-hardware`), or for the users of SAG APP instances (`acl-software`).',
        '用于网关（`acl-hardware`）或 SAG APP 实例的用户（`acl-software`）。',
      ),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    InvalidName: [403, 'Name not valid.', '名称不合法。'],
    AclAmountLimit: [
      403,
      'No more ACL can be created. You can open a ticket to increase the quota of ACLs.',
      '您创建的ACL实例已经达到限额，您可以通过工单申请提升限额。',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: { AclId: stringField, AclType: stringField, ResourceGroupId: stringField },

  async run({ caller, acls, ids, now, fail }, { RegionId, Name, AclType }) {
    if ((await acls.count(caller.accountId)) >= aclLimit) throw fail('AclAmountLimit')
    const id = ids.withPrefix('acl-')
    const owned = { accountId: caller.accountId, regionId: RegionId, createdAt: now }
    await acls.add({ id, ...owned, name: Name, type: AclType })
    return { AclId: id, AclType }
  },
})
