import { list, stringField, text, wrapped } from '../../../declare/index.ts'
import { userName } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, ownerParams, regionId } from '../common-params.ts'

/** Accounts that one call asks about (D). */
const most = 50

export const describeUserOnlineClientStatistics = operation({
  name: 'DescribeUserOnlineClientStatistics',
  family: 'monitoring',
  about: {
    en: 'Show how many clients each of these accounts has online: an account is online once at most.',
    zh: '查询各账号的在线客户端数量。一个账号最多有一个在线客户端。',
  },
  source: 'Smartag 2018-03-13, DescribeUserOnlineClientStatistics',
  access: { action: 'smartag:DescribeUserOnlineClientStatistics', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required('SAG.InstanceIdEmpty'),
    UserNames: list(text().matches(userName))
      .required('ClientUser.NameEmpty')
      .invalid('ClientUser.NameInvalid')
      .satisfies((names) => names.length <= most)
      .example('doctest')
      .about(
        'The accounts, 50 at most. One that is named twice is told of once.',
        '账号的用户名，最多 50 个。重复的用户名只返回一次。',
      ),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    'ClientUser.NameEmpty': [400, 'You must specify UserName.', '用户名不能为空。'],
    // The form of a name stands here; an account that is not there answers the same code, last of all (C).
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: { UserStatistics: wrapped('Statistics', { UserName: stringField, OnlineCount: stringField }) },

  async run({ caller, fleet, remoteUsers, fail }, { RegionId, SmartAGId, UserNames }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const statistics: { readonly UserName: string; readonly OnlineCount: string }[] = []
    for (const UserName of new Set(UserNames)) {
      if ((await remoteUsers.user(app.id, UserName)) === undefined) throw fail('ClientUser.NameInvalid')
      const session = await remoteUsers.sessionOf(app.id, UserName)
      statistics.push({ UserName, OnlineCount: session === undefined ? '0' : '1' })
    }
    return { UserStatistics: statistics }
  },
})
