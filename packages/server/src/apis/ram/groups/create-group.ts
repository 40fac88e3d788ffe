import { objectField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { groupFields, shownGroup } from '../answers.ts'
import { badName, rows, tooLong } from '../error-rows.ts'
import { limits } from '../limits.ts'
import { comments, groupName } from '../params.ts'

export const createGroup = operation({
  name: 'CreateGroup',
  family: 'groups',
  about: { en: 'Create a group of RAM users.', zh: '创建用户组。' },
  source: 'Ram 2015-05-01, CreateGroup',
  access: { action: 'ram:CreateGroup', level: 'Write', resource: 'acs:ram:*:{account}:group/*', dependent: [] },
  transaction: 'write',

  params: { GroupName: groupName('GroupName').required(), Comments: comments('Comments') },

  errors: {
    ...badName('GroupName'),
    ...tooLong('Comments'),
    ...rows('EntityAlreadyExists.Group', 'LimitExceeded.Group'),
  },

  result: { Group: objectField(groupFields) },

  async run({ ram: { groups }, caller: { accountId }, ids, now, fail }, params) {
    if ((await groups.group(accountId, params.GroupName)) !== undefined) throw fail('EntityAlreadyExists.Group')
    if ((await groups.count(accountId)) >= limits.groups) throw fail('LimitExceeded.Group')

    const group = {
      id: ids.withPrefix('g-'),
      accountId,
      name: params.GroupName,
      comments: params.Comments,
      createdAt: now,
    }
    await groups.add(group)
    return { Group: shownGroup({ ...group, updatedAt: now }) }
  },
})
