import { booleanField, objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { roleFields, shownRole } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingRole } from '../find-or-refuse.ts'
import { roleName } from '../params.ts'

export const getRole = operation({
  name: 'GetRole',
  family: 'roles',
  about: { en: 'Show a role.', zh: '查询角色的信息。' },
  source: 'Ram 2015-05-01, GetRole',
  access: { action: 'ram:GetRole', level: 'Read', resource: 'acs:ram:*:{account}:role/{RoleName}', dependent: [] },
  transaction: 'read',

  params: { RoleName: roleName('RoleName').required() },

  errors: { ...badName('RoleName'), ...rows('EntityNotExist.Role') },

  result: {
    Role: objectField({
      ...roleFields,
      AssumeRolePolicyDocument: stringField,
      IsServiceLinkedRole: booleanField,
      UpdateDate: stringField,
    }),
  },

  async run(context, { RoleName }) {
    return { Role: shownRole(await existingRole(context, RoleName)) }
  },
})
