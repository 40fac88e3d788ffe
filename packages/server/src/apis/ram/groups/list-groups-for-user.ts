import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { date, shownGroup } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { userName } from '../params.ts'

export const listGroupsForUser = operation({
  name: 'ListGroupsForUser',
  family: 'groups',
  about: { en: 'List the groups a RAM user is in, by name.', zh: '查询 RAM 用户所属的用户组，按名称排序。' },
  source: 'Ram 2015-05-01, ListGroupsForUser',
  access: {
    action: 'ram:ListGroupsForUser',
    level: 'List',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'read',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User') },

  result: {
    Groups: wrapped('Group', {
      GroupId: stringField,
      GroupName: stringField,
      Comments: stringField,
      JoinDate: stringField,
    }),
  },

  async run(context, { UserName }) {
    const groups = await context.ram.groups.groupsOf(await existingUser(context, UserName))
    return { Groups: groups.map((group) => ({ ...shownGroup(group), JoinDate: date(group.joinedAt) })) }
  },
})
