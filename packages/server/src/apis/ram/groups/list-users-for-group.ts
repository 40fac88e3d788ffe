import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { date } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup } from '../find-or-refuse.ts'
import { pageAsked, pageFields, pageOf, pageParams } from '../paging.ts'
import { groupName } from '../params.ts'

export const listUsersForGroup = operation({
  name: 'ListUsersForGroup',
  family: 'groups',
  about: { en: 'List the RAM users in a group, by name.', zh: '查询用户组的成员，按用户名排序。' },
  source: 'Ram 2015-05-01, ListUsersForGroup',
  access: {
    action: 'ram:ListUsersForGroup',
    level: 'List',
    resource: 'acs:ram:*:{account}:group/{GroupName}',
    dependent: [],
  },
  transaction: 'read',

  params: { GroupName: groupName('GroupName').required(), ...pageParams },

  errors: { ...badName('GroupName'), ...rows('EntityNotExist.Group') },

  result: {
    ...pageFields,
    Users: wrapped('User', { UserName: stringField, DisplayName: stringField, JoinDate: stringField }),
  },

  async run(context, params) {
    const group = await existingGroup(context, params.GroupName)
    const { shown, ...page } = pageOf(await context.ram.groups.members(group, pageAsked(params)), params)
    const Users = shown.map(({ name, displayName, joinedAt }) => ({
      UserName: name,
      DisplayName: displayName,
      JoinDate: date(joinedAt),
    }))
    return { ...page, Users }
  },
})
