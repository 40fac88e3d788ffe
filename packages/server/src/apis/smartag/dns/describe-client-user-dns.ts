import { direct, stringField } from '../../../declare/index.ts'
import { dnsServers } from '../../../model/client-dns.ts'
import { operation } from '../../operation.ts'
import { appId, ownerParams, regionId } from '../common-params.ts'

export const describeClientUserDns = operation({
  name: 'DescribeClientUserDNS',
  family: 'dns',
  about: {
    en: 'Show the DNS servers of the users of a SAG APP instance, the primary one first.',
    zh: '查询 APP 实例客户端使用的 DNS 服务器，主服务器在前。',
  },
  source: 'Smartag 2018-03-13, DescribeClientUserDNS',
  access: { action: 'smartag:DescribeClientUserDNS', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: { RegionId: regionId, SmartAGId: appId.required(), ...ownerParams },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'The published facts have no table of this operation; its page in Chinese lists this code.',
        zh: '公开数据中没有该操作的错误表；其中文页面列有此错误码。',
      },
    ],
  },

  result: { AppDNS: direct(stringField), RecoveredDNS: direct(stringField) },

  async run({ caller, fleet, fail }, { RegionId, SmartAGId }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')

    return { AppDNS: dnsServers(app.appDns), RecoveredDNS: dnsServers(app.recoveredDns) }
  },
})
