import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup } from '../find-or-refuse.ts'
import { groupName } from '../params.ts'

export const deleteGroup = operation({
  name: 'DeleteGroup',
  family: 'groups',
  about: {
    en: 'Delete a group without members and policies.',
    zh: '删除用户组。用户组须没有成员和权限策略。',
  },
  source: 'Ram 2015-05-01, DeleteGroup',
  access: {
    action: 'ram:DeleteGroup',
    level: 'Write',
    resource: 'acs:ram:*:{account}:group/{GroupName}',
    dependent: [],
  },
  transaction: 'write',

  params: { GroupName: groupName('GroupName').required() },

  errors: {
    ...badName('GroupName'),
    ...rows('EntityNotExist.Group', 'DeleteConflict.Group.User', 'DeleteConflict.Group.Policy'),
  },

  result: {},

  async run(context, { GroupName }) {
    const { ram, fail } = context
    const group = await existingGroup(context, GroupName)
    const [member] = await ram.groups.members(group, { after: undefined, size: 1 })
    if (member !== undefined) throw fail('DeleteConflict.Group.User')
    const attached = await ram.attachments.to({ kind: 'group', id: group.id })
    if (attached.length > 0) throw fail('DeleteConflict.Group.Policy')

    await ram.groups.remove(group)
    return {}
  },
})
