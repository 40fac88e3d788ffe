import { integerField, stringField, text, wrapped } from '../../../declare/index.ts'
import { aclTypes } from '../../../model/acl.ts'
import { onPage } from '../../../model/on-page.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize } from '../common-params.ts'
import { aclName, aclRegion } from './acl-params.ts'

export const describeAcls = operation({
  name: 'DescribeACLs',
  family: 'acl',
  about: {
    en: 'List access control lists, the oldest first.',
    zh: '查询访问控制列表，旧的在前。',
  },
  source: 'Smartag 2018-03-13, DescribeACLs',
  access: { action: 'smartag:DescribeACLs', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    AclIds: text()
      .example('acl-xhwhyuo43l0n0000')
      .about('Any of these, separated by commas.', '访问控制列表 ID，以逗号分隔。'),
    AclType: text()
      .oneOf(...aclTypes)
      .invalid('InvalidParameter')
      .example('acl-hardware')
      .about('Of this type only.', '访问控制列表的类型。'),
    Name: aclName.invalid('InvalidParameter').about('A part of the name.', '名称，模糊匹配。'),
    PageNumber: pageNumber.invalid('InvalidParameter'),
    PageSize: pageSize('Lists').invalid('InvalidParameter'),
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
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: {
    Acls: wrapped('Acl', {
      AclId: stringField,
      AclType: stringField,
      Name: stringField,
      ResourceGroupId: stringField,
      SagCount: stringField,
    }),
    PageNumber: integerField,
    PageSize: integerField,
    TotalCount: integerField,
  },

  async run({ caller, acls }, { RegionId, AclIds, AclType, Name = '', PageNumber, PageSize }) {
    const wanted = AclIds?.split(',')
    const matching = (await acls.all(caller.accountId, RegionId)).filter(
      ({ id, name, type }) => (wanted?.includes(id) ?? true) && name.includes(Name) && (AclType ?? type) === type,
    )
    const shown = onPage(matching, PageNumber, PageSize).map(async ({ id, name, type }) => ({
      AclId: id,
      AclType: type,
      Name: name,
      SagCount: String((await acls.instancesOf(id)).length),
    }))
    return { Acls: await Promise.all(shown), PageNumber, PageSize, TotalCount: matching.length }
  },
})
