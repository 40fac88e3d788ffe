import { booleanField, objectField, stringField, text } from '../../../declare/index.ts'
import { smartAgRole as template } from '../../../model/service-linked-roles.ts'
import { operation } from '../../operation.ts'
import { roleFields, shownRole } from '../answers.ts'
import { rows } from '../error-rows.ts'
import { sessionDuration } from '../limits.ts'
import { serviceName } from '../params.ts'

const { MaxSessionDuration: _notShown, ...fields } = roleFields

export const createServiceLinkedRole = operation({
  name: 'CreateServiceLinkedRole',
  family: 'roles',
  about: {
    en: 'Create the role of a service, with its policy. Nobody but the service can assume it, and nobody can change it.',
    zh: '创建服务关联角色并授予其权限策略。只有该云服务可以扮演，不可修改。',
  },
  source: 'Ram 2015-05-01, CreateServiceLinkedRole',
  access: {
    action: 'ram:CreateServiceLinkedRole',
    level: 'Write',
    resource: 'acs:ram:*:{account}:role/*',
    dependent: [],
    conditions: { 'ram:ServiceName': (raw) => raw.get('ServiceName') },
  },
  transaction: 'write',

  params: {
    ServiceName: serviceName.required(),
    CustomSuffix: text()
      .satisfies(() => false, 'InvalidParameter.CustomSuffix.NotAllowed')
      .about('A suffix of the name. No service here allows one.', '角色名称后缀。此处的云服务均不支持。'),
    Description: text()
      .satisfies(() => false, 'InvalidParameter.Description.NotAllowed')
      .about(
        'Only of roles that may have a suffix, which no service here allows: the service fixes the description.',
        '仅用于允许自定义后缀的角色，此处的云服务均不支持，描述由云服务预设。',
      ),
  },

  errors: rows(
    // The template of the service says whether the others are allowed.
    'EntityNotExist.Service',
    'InvalidParameter.CustomSuffix.NotAllowed',
    'InvalidParameter.Description.NotAllowed',
    'EntityAlreadyExists.Role',
  ),

  result: {
    Role: objectField({ ...fields, AssumeRolePolicyDocument: stringField, IsServiceLinkedRole: booleanField }),
  },

  async run({ ram: { roles, attachments }, caller: { accountId }, ids, now, fail }) {
    // No limit: such roles count as roles of the account, but can be created when it has as many as it may (D: RAM,
    // "Service-linked roles"; the table of Resource Management still has LimitExceeded.Role).
    if ((await roles.role(accountId, template.roleName)) !== undefined) throw fail('EntityAlreadyExists.Role')

    const role = {
      id: ids.principal(),
      accountId,
      name: template.roleName,
      description: template.description,
      trustPolicy: template.trustPolicy,
      maxSessionDuration: sessionDuration.default,
      serviceName: template.serviceName,
      createdAt: now,
    }
    await roles.add(role)
    await attachments.attach(
      accountId,
      { type: 'System', name: template.policyName },
      { kind: 'role', id: role.id },
      now,
    )
    return { Role: shownRole({ ...role, updatedAt: now }) }
  },
})
