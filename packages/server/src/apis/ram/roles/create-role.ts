import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { roleFields, shownRole } from '../answers.ts'
import { badName, rows, tooLong } from '../error-rows.ts'
import { limits, sessionDuration } from '../limits.ts'
import { description, maxSessionDuration, roleName } from '../params.ts'
import { checkDocument, trustDocument } from '../policy-documents.ts'
import { tags, tagsOf } from '../tag-params.ts'
import { badTags } from '../tag-rows.ts'

export const createRole = operation({
  name: 'CreateRole',
  family: 'roles',
  about: {
    en: 'Create a role, which whoever its trust policy names can assume.',
    zh: '创建角色，信任策略指定的身份可以扮演该角色。',
  },
  source: 'Ram 2015-05-01, CreateRole',
  access: { action: 'ram:CreateRole', level: 'Write', resource: 'acs:ram:*:{account}:role/*', dependent: [] },
  transaction: 'write',

  params: {
    RoleName: roleName('RoleName').required(),
    AssumeRolePolicyDocument: trustDocument('AssumeRolePolicyDocument').required(),
    Description: description('Description'),
    MaxSessionDuration: maxSessionDuration.default(sessionDuration.default),
    Tag: tags,
  },

  errors: {
    ...badName('RoleName'),
    ...tooLong('AssumeRolePolicyDocument'),
    ...tooLong('Description'),
    ...badTags('Tag'),
    ...rows('EntityAlreadyExists.Role', 'MalformedPolicyDocument', 'LimitExceeded.Role'),
  },

  result: { Role: objectField({ ...roleFields, AssumeRolePolicyDocument: stringField }) },

  async run({ ram: { roles, tags: stored }, caller: { accountId }, ids, now, fail }, params) {
    if ((await roles.role(accountId, params.RoleName)) !== undefined) throw fail('EntityAlreadyExists.Role')
    checkDocument(params.AssumeRolePolicyDocument, 'trust', fail)
    if ((await roles.count(accountId)) >= limits.roles) throw fail('LimitExceeded.Role')

    const role = {
      id: ids.principal(),
      accountId,
      name: params.RoleName,
      description: params.Description,
      trustPolicy: params.AssumeRolePolicyDocument,
      maxSessionDuration: params.MaxSessionDuration,
      createdAt: now,
    }
    await roles.add(role)
    await stored.put(accountId, 'role', role.name, tagsOf(params.Tag))
    return { Role: shownRole({ ...role, updatedAt: now }) }
  },
})
