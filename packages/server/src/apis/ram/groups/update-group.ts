import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { groupFields, shownGroup } from '../answers.ts'
import { badName, rows, tooLong } from '../error-rows.ts'
import { existingGroup } from '../find-or-refuse.ts'
import { comments, groupName } from '../params.ts'

export const updateGroup = operation({
  name: 'UpdateGroup',
  family: 'groups',
  about: {
    en: 'Change the name or the note of a group. What is not given stays, what is given empty is cleared; members and policies stay too.',
    zh: '修改用户组的名称或备注。未填写的信息不变，填写为空则清除，成员和权限策略也不变。',
  },
  source: 'Ram 2015-05-01, UpdateGroup',
  access: {
    action: 'ram:UpdateGroup',
    level: 'Write',
    resource: 'acs:ram:*:{account}:group/{GroupName}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    GroupName: groupName('GroupName').required(),
    NewGroupName: groupName('NewGroupName').blank('InvalidParameter.NewGroupName.Length').example('Ops-Team'),
    NewComments: comments('NewComments').clearable(),
  },

  errors: {
    ...badName('GroupName'),
    ...badName('NewGroupName'),
    ...tooLong('NewComments'),
    ...rows('EntityNotExist.Group', 'EntityAlreadyExists.Group'),
  },

  result: { Group: objectField({ ...groupFields, UpdateDate: stringField }) },

  async run(context, { GroupName, NewGroupName, NewComments }) {
    const { ram, caller, now, fail } = context
    const group = await existingGroup(context, GroupName)
    const name = NewGroupName === group.name ? undefined : NewGroupName
    if (name !== undefined && (await ram.groups.group(caller.accountId, name)) !== undefined) {
      throw fail('EntityAlreadyExists.Group')
    }

    await ram.groups.change(group, { name, comments: NewComments }, now)
    return { Group: shownGroup(await existingGroup(context, name ?? group.name)) }
  },
})
