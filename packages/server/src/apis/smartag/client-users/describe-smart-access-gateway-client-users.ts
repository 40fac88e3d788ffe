import { numberToIpv4 } from '@opensag/rules'
import { integerField, longField, stringField, text, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { appId, ownerParams, pageNumber, pageSize, regionId } from '../common-params.ts'

export const describeSmartAccessGatewayClientUsers = operation({
  name: 'DescribeSmartAccessGatewayClientUsers',
  family: 'client-users',
  about: { en: 'List the accounts of a SAG APP instance, by name.', zh: '查询 APP 实例的客户端账号，按用户名排序。' },
  source: 'Smartag 2018-03-13, DescribeSmartAccessGatewayClientUsers',
  access: { action: 'smartag:DescribeSmartAccessGatewayClientUsers', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required('SAG.InstanceIdEmpty'),
    UserName: text().example('doctest').about('The name, exactly.', '用户名，精确匹配。'),
    UserMail: text().example('username@example.com').about('The mail address, exactly.', '用户邮箱，精确匹配。'),
    PageNumber: pageNumber,
    PageSize: pageSize('Accounts'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    Users: wrapped('User', {
      UserName: stringField,
      UserMail: stringField,
      Bandwidth: integerField,
      AccelerateBandwidth: longField,
      ClientIp: stringField,
      IsStaticIp: longField,
      State: integerField,
    }),
  },

  async run({ caller, fleet, remoteUsers, fail }, { RegionId, SmartAGId, UserName, UserMail, PageNumber, PageSize }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const page = { number: PageNumber, size: PageSize }
    const { total, users } = await remoteUsers.users(app.id, { name: UserName, mail: UserMail }, page)
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      Users: users.map(({ name, mail, bandwidth, accelerateBandwidth, clientIp, state }) => ({
        UserName: name,
        UserMail: mail,
        Bandwidth: bandwidth,
        AccelerateBandwidth: accelerateBandwidth,
        ClientIp: clientIp === undefined ? undefined : numberToIpv4(clientIp),
        IsStaticIp: clientIp === undefined ? 0 : 1,
        State: state === 'enabled' ? 0 : 1,
      })),
    }
  },
})
