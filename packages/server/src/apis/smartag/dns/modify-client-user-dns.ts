import { list, text } from '../../../declare/index.ts'
import { isDnsServer, mostDnsServers, storedDns } from '../../../model/client-dns.ts'
import { operation } from '../../operation.ts'
import { appId, ownerParams, regionId } from '../common-params.ts'

const servers = list(text().invalid('InvalidParam.Ip').satisfies(isDnsServer)).satisfies(
  ({ length }) => length <= mostDnsServers,
  'InvalidParam.Ip',
)

export const modifyClientUserDns = operation({
  name: 'ModifyClientUserDNS',
  family: 'dns',
  about: {
    en: 'Set the DNS servers of the users of a SAG APP instance. A list that is left out is cleared. Users learn of a change when they next connect; who is connected keeps the servers of its logon.',
    zh: '设置 APP 实例客户端使用的 DNS 服务器。未指定的列表将被清空。修改在客户端下次连接时生效，已连接的客户端继续使用登录时的服务器。',
  },
  source: 'Smartag 2018-03-13, ModifyClientUserDNS',
  access: {
    action: 'smartag:ModifyClientUserDNS',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required(),
    AppDNS: servers
      .example('10.10.0.53')
      .about(
        'The primary and the backup DNS server while a client is connected: IPv4 addresses, two at most. Point them at servers that are reached through the network of the instance.',
        '客户端连接私网时使用的主备 DNS 服务器：IPv4 地址，最多两个，应为通过实例所在网络可达的服务器。',
      ),
    RecoveredDNS: servers
      .example('223.5.5.5')
      .about(
        'The same for a client that has disconnected. Stored and shown only: the published page says that this is not available yet, and a client gets back what it had before.',
        '客户端断开私网连接时使用的主备 DNS 服务器。仅保存并可查询：公开文档说明此功能暂未上线，客户端恢复连接前的配置。',
      ),
    ...ownerParams,
  },

  errors: {
    'InvalidParam.Ip': [
      400,
      'The specified IP is invalid.',
      'IP 地址非法。',
      {
        en: 'The page lists the code; its message was seen in part only, so this one is ours.',
        zh: '公开页面列有此错误码，但错误信息未能完整获取，此处为自拟。',
      },
    ],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'The part of the table that was seen has no code for an instance that is not there; DescribeClientUserDNS has this one.',
        zh: '已获取的错误表中没有“实例不存在”的错误码，采用 DescribeClientUserDNS 的错误码。',
      },
    ],
  },

  result: {},

  async run({ caller, fleet, gatewayConfigs, fail }, { RegionId, SmartAGId, AppDNS, RecoveredDNS }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')

    await fleet.configure(app.id, { appDns: storedDns(AppDNS), recoveredDns: storedDns(RecoveredDNS) })
    // A SAG APP has no gateway; its users are told by the point of presence that serves them.
    await gatewayConfigs.tellPops()
    return {}
  },
})
