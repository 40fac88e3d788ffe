import { direct, integerField, stringField, text } from '../../declare/index.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { nextToken, pageOf, tokenOf } from '../paging.ts'
import { idIn, instanceNoFound, maxResults, moment, regionId, smartAgId } from './history-params.ts'

const events = { logon: 'Logon', logoff: 'Logoff', refused: 'Refused' } as const

export const listClientConnections = operation({
  name: 'ListClientConnections',
  family: 'opensag',
  about: {
    en: 'List logons, logoffs and refused logons of remote users of a SAG APP instance, the newest first. They are recorded while `EnableSoftwareConnectionAudit` is on.',
    zh: '查询 SAG APP 实例的客户端用户登录、退出及被拒绝的登录，新的在前。仅在 `EnableSoftwareConnectionAudit` 开启期间记录。',
  },
  source: 'our own',
  access: {
    action: 'opensag:ListClientConnections',
    level: 'List',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeUserOnlineClients',
  },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId,
    UserName: text()
      .example('doctest')
      .about('Of this user only; also of one that is deleted.', '只查询该用户，包括已删除的用户。'),
    MaxResults: maxResults,
    NextToken: nextToken(idIn, tokenOf(1)),
  },

  errors: { 'SAG.InstanceNoFound': instanceNoFound },

  result: {
    Connections: direct({
      ConnectionId: stringField,
      Time: stringField,
      UserName: stringField,
      Event: stringField,
      Terminal: stringField,
      SourceIp: stringField,
      ClientIp: stringField,
      Reason: stringField,
    }),
    MaxResults: integerField,
    NextToken: stringField,
  },

  async run({ caller, fleet, remoteUsers, fail }, { RegionId, SmartAGId, UserName, MaxResults, NextToken }) {
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId) || instance.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const found = await remoteUsers.connections({
      instanceId: instance.id,
      userName: UserName,
      before: NextToken,
      most: MaxResults + 1,
    })
    const { shown, more } = pageOf(found, MaxResults, ({ id }) => tokenOf(id))
    return {
      Connections: shown.map(({ id, at, user_name, event, terminal, source, address, detail }) => ({
        ConnectionId: String(id),
        Time: moment(at),
        UserName: user_name,
        Event: events[event],
        Terminal: terminal,
        SourceIp: source,
        ClientIp: address ?? undefined,
        Reason: detail === '' ? undefined : detail,
      })),
      ...more,
    }
  },
})
