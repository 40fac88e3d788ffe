import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { groupFields, shownGroup } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup } from '../find-or-refuse.ts'
import { groupName } from '../params.ts'

export const getGroup = operation({
  name: 'GetGroup',
  family: 'groups',
  about: { en: 'Show a group.', zh: '查询用户组的信息。' },
  source: 'Ram 2015-05-01, GetGroup',
  access: { action: 'ram:GetGroup', level: 'Read', resource: 'acs:ram:*:{account}:group/{GroupName}', dependent: [] },
  transaction: 'read',

  params: { GroupName: groupName('GroupName').required() },

  errors: { ...badName('GroupName'), ...rows('EntityNotExist.Group') },

  result: { Group: objectField({ ...groupFields, UpdateDate: stringField }) },

  async run(context, { GroupName }) {
    return { Group: shownGroup(await existingGroup(context, GroupName)) }
  },
})
