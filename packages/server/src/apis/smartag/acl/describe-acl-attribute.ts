import { ignored, integerField, stringField, wrapped } from '../../../declare/index.ts'
import { onPage } from '../../../model/on-page.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize } from '../common-params.ts'
import { aclId, aclName, aclRegion, direction } from './acl-params.ts'
import { ruleFields, shownRule } from './rule-view.ts'

export const describeAclAttribute = operation({
  name: 'DescribeACLAttribute',
  family: 'acl',
  about: {
    en: 'List the rules of an access control list in the order in which they are asked: by priority, `drop` before `accept`, longer prefixes before shorter ones, the oldest first. A list that is not there has none.',
    zh: '按匹配顺序查询访问控制列表的规则：优先级、`drop` 先于 `accept`、前缀更长者在前、旧的在前。列表不存在时返回空。',
  },
  source: 'Smartag 2018-03-13, DescribeACLAttribute',
  access: { action: 'smartag:DescribeACLAttribute', level: 'Read', resource: 'acl/{AclId}', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    // Terraform looks for a rule whose list was deleted with it, and takes no error for an answer (S).
    AclId: aclId
      .matches(/^acl-[a-z0-9]+$/)
      .required('MissingParameter')
      .invalid('InvalidId.ACL'),
    Direction: direction.invalid('InvalidParameter'),
    Name: aclName.invalid('InvalidParameter').about('A part of the name.', '名称，模糊匹配。'),
    Order: ignored('string').about(
      'Accepted and not used: nothing published says what it means.',
      '接受但不使用：公开资料未说明其含义。',
    ),
    PageNumber: pageNumber.invalid('InvalidParameter'),
    PageSize: pageSize('Rules').invalid('InvalidParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    'InvalidId.ACL': [403, 'The specified ACL ID is invalid.', '无效的ACL组ID。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: {
    Acrs: wrapped('Acr', { ...ruleFields, AclType: stringField, Type: stringField }),
    PageNumber: integerField,
    PageSize: integerField,
    TotalCount: integerField,
  },

  async run({ caller, acls }, { RegionId, AclId, Direction, Name = '', PageNumber, PageSize }) {
    const acl = await acls.find(caller.accountId, RegionId, AclId)
    const rules = acl === undefined ? [] : await acls.rules(acl.id)
    const matching = rules.filter(
      ({ name, direction }) => name.includes(Name) && (Direction ?? direction) === direction,
    )
    return {
      Acrs: onPage(matching, PageNumber, PageSize).map((rule) => ({
        ...shownRule(rule),
        AclType: acl?.type,
        Type: rule.side,
      })),
      PageNumber,
      PageSize,
      TotalCount: matching.length,
    }
  },
})
