import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup, existingUser } from '../find-or-refuse.ts'
import { groupName, userName } from '../params.ts'

export const removeUserFromGroup = operation({
  name: 'RemoveUserFromGroup',
  family: 'groups',
  about: {
    en: 'Take a RAM user out of a group: the policies of the group no longer apply to it, from the next request on.',
    zh: '将 RAM 用户移出用户组。用户组的权限策略从下一个请求起对其失效。',
  },
  source: 'Ram 2015-05-01, RemoveUserFromGroup',
  access: {
    action: 'ram:RemoveUserFromGroup',
    level: 'Write',
    resource: ['acs:ram:*:{account}:user/{UserName}', 'acs:ram:*:{account}:group/{GroupName}'],
    dependent: [],
  },
  transaction: 'write',

  params: { UserName: userName('UserName').required(), GroupName: groupName('GroupName').required() },

  errors: {
    ...badName('UserName'),
    ...badName('GroupName'),
    ...rows('EntityNotExist.User', 'EntityNotExist.Group', 'EntityNotExist.User.Group'),
  },

  result: {},

  async run(context, { UserName, GroupName }) {
    const { ram, fail } = context
    const user = await existingUser(context, UserName)
    const group = await existingGroup(context, GroupName)
    if (!(await ram.groups.hasMember(group, user))) throw fail('EntityNotExist.User.Group')

    await ram.groups.leave(group, user)
    return {}
  },
})
