import { numberToIpv4 } from '@opensag/rules'
import { direct, longField, stringField, text } from '../../declare/index.ts'
import { operation } from '../operation.ts'

export const listClientSessions = operation({
  name: 'ListClientSessions',
  family: 'opensag',
  about: {
    en: 'List who is logged on at a SAG APP instance: user, address, since when, from where and with what.',
    zh: '列出 SAG APP 实例的在线用户：用户名、地址、上线时间、来源和终端。',
  },
  source: 'OpenSAG 2026-12-01, ListClientSessions',
  access: {
    action: 'opensag:ListClientSessions',
    level: 'List',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeUserOnlineClients',
  },
  transaction: 'read',

  params: {
    RegionId: text().required().example('cn-shanghai').about('The region of the instance.', '实例所在的地域。'),
    SmartAGId: text()
      .required()
      .example('sag-tq3sazs17smldn0000')
      .about('The ID of the SAG APP instance.', 'SAG APP 实例 ID。'),
  },

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: {
    Sessions: direct({
      UserName: stringField,
      ClientIp: stringField,
      OnlineTime: longField,
      LastSeenTime: longField,
      Terminal: stringField,
      SourceIp: stringField,
    }),
  },

  async run({ caller, fleet, remoteUsers, fail }, { RegionId, SmartAGId }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const sessions = await remoteUsers.sessionsOf(app.id)
    return {
      Sessions: sessions.map(({ userName, address, onlineAt, lastSeenAt, terminal, source }) => ({
        UserName: userName,
        ClientIp: numberToIpv4(address),
        OnlineTime: onlineAt,
        LastSeenTime: lastSeenAt,
        Terminal: terminal,
        SourceIp: source,
      })),
    }
  },
})
