import { booleanField, objectField, stringField, wrapped } from '../../../declare/index.ts'
import { smartAgRole as template } from '../../../model/service-linked-roles.ts'
import { operation } from '../../operation.ts'
import { rows } from '../error-rows.ts'
import { serviceName } from '../params.ts'

export const getServiceLinkedRoleTemplate = operation({
  name: 'GetServiceLinkedRoleTemplate',
  family: 'roles',
  about: { en: 'Show what a service fixes of its role.', zh: '查询云服务为其服务关联角色预设的信息。' },
  source: 'Ram 2015-05-01, GetServiceLinkedRoleTemplate',
  access: { action: 'ram:GetServiceLinkedRoleTemplate', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  // The published page does not mark it as required, and does not say what is shown without it.
  params: { ServiceName: serviceName.required() },

  errors: rows('EntityNotExist.Service'),

  result: {
    ServiceLinkedRoleTemplate: objectField({
      ServiceName: stringField,
      RoleNamePrefix: stringField,
      SystemPolicyName: stringField,
      MultipleRolesAllowed: booleanField,
      RoleDescriptions: wrapped('RoleDescription', { Language: stringField, Description: stringField }),
    }),
  },

  async run() {
    return {
      ServiceLinkedRoleTemplate: {
        ServiceName: template.serviceName,
        RoleNamePrefix: template.roleName,
        SystemPolicyName: template.policyName,
        MultipleRolesAllowed: false,
        RoleDescriptions: [{ Language: 'en', Description: template.description }],
      },
    }
  },
})
