import { integerField, stringField } from '../../../declare/index.ts'
import { failsToFilter } from '../../../model/acl.ts'
import { operation } from '../../operation.ts'
import { noTable } from '../no-table.ts'
import { aclId, aclRegion } from './acl-params.ts'
import { instancesOf } from './instances-of-acl.ts'

export const getAclAttribute = operation({
  name: 'GetAclAttribute',
  family: 'acl',
  about: {
    en: 'Show an access control list, and how many instances that have it do not put all of its rules in force: a device, its program or that of the point of presence may be too old.',
    zh: '查询访问控制列表，以及未能使全部规则生效的关联实例数：设备固件、其程序或接入点的程序版本可能过旧。',
  },
  source: 'Smartag 2018-03-13, GetAclAttribute',
  access: { action: 'smartag:GetAclAttribute', level: 'Read', resource: 'acl/{AclId}', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: aclRegion.required('MissingParameter'),
    AclId: aclId.required('MissingParameter'),
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
      noTable,
    ],
    'InvalidId.ACL': [403, 'The specified ACL ID is invalid.', '无效的ACL组ID。', noTable],
  },

  result: { AclId: stringField, AclName: stringField, ErrorConfigSmartAGCount: integerField },

  async run(context, { RegionId, AclId }) {
    const { caller, acls, fail } = context
    const acl = await acls.find(caller.accountId, RegionId, AclId)
    if (acl === undefined) throw fail('InvalidId.ACL')
    const rules = await acls.rules(acl.id)
    const serviceFails = rules.length > 0 && (await acls.isServiceTooOld())
    const failing = (await instancesOf(context, acl)).filter((instance) =>
      instance.kind === 'app' ? serviceFails : failsToFilter(instance, rules),
    )
    return { AclId: acl.id, AclName: acl.name, ErrorConfigSmartAGCount: failing.length }
  },
})
