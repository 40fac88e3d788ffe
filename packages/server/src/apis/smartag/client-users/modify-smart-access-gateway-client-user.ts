import { isMail, numberToIpv4 } from '@opensag/rules'
import { integer, integerField, stringField, text } from '../../../declare/index.ts'
import { bandwidths, userName } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, clientUserName, ownerParams, regionId } from '../common-params.ts'

export const modifySmartAccessGatewayClientUser = operation({
  name: 'ModifySmartAccessGatewayClientUser',
  family: 'client-users',
  about: {
    en: 'Change mail address or bandwidth of an account. What is left out stays as it is.',
    zh: '修改客户端账号的邮箱或带宽。未指定的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifySmartAccessGatewayClientUser',
  access: { action: 'smartag:ModifySmartAccessGatewayClientUser', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required('SAG.InstanceIdEmpty'),
    UserName: clientUserName.required('ClientUser.NameEmpty').invalid('ClientUser.NameInvalid').matches(userName),
    Email: text()
      .invalid('ClientUser.EmailInvalid')
      // An account without one could not get a password (C).
      .blank()
      .satisfies(isMail)
      .example('username@example.com')
      .about('Where passwords are sent.', '接收密码的邮箱。'),
    Bandwidth: integer()
      .invalid('ClientUser.BandwidthInvalid')
      .blank()
      .range(bandwidths.min, bandwidths.max)
      .example('2000')
      .about('Kbit/s, 1–20000.', '带宽，单位 Kbit/s，1～20000。'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    'ClientUser.NameEmpty': [400, 'You must specify UserName.', '用户名不能为空。'],
    // The form of the name stands here; an account that is not there answers the same code, last of all (C).
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。'],
    'ClientUser.BandwidthInvalid': [400, 'The specified Bandwidth is invalid.', '用户带宽非法。'],
    'ClientUser.EmailInvalid': [
      400,
      'The format of the specified UserEmail is invalid.',
      '用户邮箱格式非法。',
      {
        en: 'The table has no code for a malformed address; CreateSmartAccessGatewayClientUser has this one.',
        zh: '该表没有“邮箱格式非法”的错误码，采用 CreateSmartAccessGatewayClientUser 的错误码。',
      },
    ],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: { UserName: stringField, UserMail: stringField, Bandwidth: integerField, ClientIp: stringField },

  async run({ caller, fleet, remoteUsers, fail }, { RegionId, SmartAGId, UserName, Email, Bandwidth }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const user = await remoteUsers.user(app.id, UserName)
    if (user === undefined) throw fail('ClientUser.NameInvalid')

    await remoteUsers.editUser(app.id, UserName, { mail: Email, bandwidth: Bandwidth })
    return {
      UserName,
      UserMail: Email ?? user.mail,
      Bandwidth: Bandwidth ?? user.bandwidth,
      ClientIp: user.clientIp === undefined ? undefined : numberToIpv4(user.clientIp),
    }
  },
})
