import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { roleFields, shownRole } from '../answers.ts'
import { badName, rows, tooLong } from '../error-rows.ts'
import { existingOwnRole, existingRole } from '../find-or-refuse.ts'
import { description, maxSessionDuration, roleName } from '../params.ts'
import { checkDocument, trustDocument } from '../policy-documents.ts'

export const updateRole = operation({
  name: 'UpdateRole',
  family: 'roles',
  about: {
    en: 'Change who may assume a role, for how long, or its description. What is not given stays, what is given empty is cleared.',
    zh: '修改角色的信任策略、最大会话时长或描述。未填写的信息不变，填写为空则清除。',
  },
  source: 'Ram 2015-05-01, UpdateRole',
  access: { action: 'ram:UpdateRole', level: 'Write', resource: 'acs:ram:*:{account}:role/{RoleName}', dependent: [] },
  transaction: 'write',

  params: {
    RoleName: roleName('RoleName').required(),
    NewAssumeRolePolicyDocument: trustDocument('NewAssumeRolePolicyDocument').blank(),
    NewDescription: description('NewDescription').clearable(),
    NewMaxSessionDuration: maxSessionDuration.blank(),
  },

  errors: {
    ...badName('RoleName'),
    ...tooLong('NewAssumeRolePolicyDocument'),
    ...tooLong('NewDescription'),
    ...rows('EntityNotExist.Role', 'NotSupport.ServiceLinkedRole', 'MalformedPolicyDocument'),
  },

  result: {
    Role: objectField({ ...roleFields, AssumeRolePolicyDocument: stringField, UpdateDate: stringField }),
  },

  async run(context, params) {
    const { ram, now, fail } = context
    const role = await existingOwnRole(context, params.RoleName)
    const trustPolicy = params.NewAssumeRolePolicyDocument
    if (trustPolicy !== undefined) checkDocument(trustPolicy, 'trust', fail)

    const change = {
      description: params.NewDescription,
      trustPolicy,
      maxSessionDuration: params.NewMaxSessionDuration,
    }
    await ram.roles.change(role, change, now)
    return { Role: shownRole(await existingRole(context, params.RoleName)) }
  },
})
