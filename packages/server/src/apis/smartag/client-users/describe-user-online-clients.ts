import { numberToIpv4 } from '@opensag/rules'
import { stringField, wrapped } from '../../../declare/index.ts'
import { userName } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, clientUserName, ownerParams, regionId } from '../common-params.ts'

export const describeUserOnlineClients = operation({
  name: 'DescribeUserOnlineClients',
  family: 'client-users',
  about: {
    en: 'Show where an account is online: its address, and since when in seconds since 1970. An account is online once at most.',
    zh: '查询账号的在线客户端：地址和上线时间（自 1970 年起的秒数）。一个账号最多有一个在线客户端。',
  },
  source: 'Smartag 2018-03-13, DescribeUserOnlineClients',
  access: { action: 'smartag:DescribeUserOnlineClients', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required('SAG.InstanceIdEmpty'),
    UserName: clientUserName.required('ClientUser.NameEmpty').invalid('ClientUser.NameInvalid').matches(userName),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    'ClientUser.NameEmpty': [400, 'You must specify UserName.', '用户名不能为空。'],
    // The form of the name stands here; an account that is not there answers the same code, last of all (C).
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: { Users: wrapped('User', { ClientIp: stringField, OnlineTime: stringField }) },

  async run({ caller, fleet, remoteUsers, fail }, { RegionId, SmartAGId, UserName }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    if ((await remoteUsers.user(app.id, UserName)) === undefined) throw fail('ClientUser.NameInvalid')

    const session = await remoteUsers.sessionOf(app.id, UserName)
    if (session === undefined) return { Users: [] }
    const OnlineTime = String(Math.floor(session.onlineAt / 1000))
    return { Users: [{ ClientIp: numberToIpv4(session.address), OnlineTime }] }
  },
})
