import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup, existingUser } from '../find-or-refuse.ts'
import { limits } from '../limits.ts'
import { groupName, userName } from '../params.ts'

export const addUserToGroup = operation({
  name: 'AddUserToGroup',
  family: 'groups',
  about: {
    en: 'Put a RAM user into a group: the policies of the group apply to it from the next request on.',
    zh: '将 RAM 用户添加到用户组。用户组的权限策略从下一个请求起对其生效。',
  },
  source: 'Ram 2015-05-01, AddUserToGroup',
  access: {
    action: 'ram:AddUserToGroup',
    level: 'Write',
    resource: ['acs:ram:*:{account}:user/{UserName}', 'acs:ram:*:{account}:group/{GroupName}'],
    dependent: [],
  },
  transaction: 'write',

  params: { UserName: userName('UserName').required(), GroupName: groupName('GroupName').required() },

  errors: {
    ...badName('UserName'),
    ...badName('GroupName'),
    ...rows(
      'EntityNotExist.User',
      'EntityNotExist.Group',
      'EntityAlreadyExists.User.Group',
      'LimitExceeded.User.Group',
    ),
  },

  result: {},

  async run(context, { UserName, GroupName }) {
    const { ram, now, fail } = context
    const user = await existingUser(context, UserName)
    const group = await existingGroup(context, GroupName)
    const joined = await ram.groups.groupsOf(user)
    if (joined.some(({ id }) => id === group.id)) throw fail('EntityAlreadyExists.User.Group')
    if (joined.length >= limits.groupsOfUser) throw fail('LimitExceeded.User.Group')

    await ram.groups.join(group, user, now)
    return {}
  },
})
