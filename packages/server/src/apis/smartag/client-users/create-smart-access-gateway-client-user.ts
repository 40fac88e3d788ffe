import { ipv4ToNumber, isMail, isNewUserName, numberToIpv4 } from '@opensag/rules'
import { hashClientPassword } from '../../../access/client-passwords.ts'
import { integerField, long, secret, stringField, text } from '../../../declare/index.ts'
import { accountMail } from '../../../mail/password-mail.ts'
import { bandwidthIn, bandwidths, firstUserPassword, isClientAddress, userName } from '../../../model/client-user.ts'
import type { Repositories } from '../../../store/repositories.ts'
import { operation } from '../../operation.ts'
import { appId, ownerParams, regionId } from '../common-params.ts'

export const createSmartAccessGatewayClientUser = operation({
  name: 'CreateSmartAccessGatewayClientUser',
  family: 'client-users',
  about: {
    en: 'Add an account to a SAG APP instance. Its address gets a mail with instance ID, enterprise code, user name and password. Without name and password the address becomes the name and a password is generated; when its mail cannot be sent, there is no account.',
    zh: '为 APP 实例添加客户端账号，并将实例 ID、企业码、用户名和密码发送到其邮箱。未指定用户名和密码时，以邮箱为用户名并生成随机密码；若邮件无法发送，则不创建账号。',
  },
  source: 'Smartag 2018-03-13, CreateSmartAccessGatewayClientUser',
  access: { action: 'smartag:CreateSmartAccessGatewayClientUser', level: 'Write', resource: '*', dependent: [] },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required(),
    UserName: text()
      .invalid('ClientUser.NameInvalid')
      .satisfies(isNewUserName)
      .example('doctest')
      .about(
        '7–33 letters, digits, `_`, `@`, `.`, `-`, the first a letter or digit. Goes with `Password`.',
        '7～33 个字母、数字、`_`、`@`、`.` 或 `-`，以字母或数字开头。须与 `Password` 同时指定。',
      ),
    Password: secret(firstUserPassword)
      .invalid('InvalidParameter.Password')
      .example('teste111')
      .about(
        '8–32 letters, digits, `_`, `@`, `-`, the first a letter or digit. Goes with `UserName`.',
        '8～32 个字母、数字、`_`、`@` 或 `-`，以字母或数字开头。须与 `UserName` 同时指定。',
      ),
    UserMail: text()
      .required('ClientUser.EmailEmpty')
      .invalid('ClientUser.EmailInvalid')
      .satisfies(isMail)
      .example('username@example.com')
      .about('Where the password is sent.', '接收密码的邮箱。'),
    Bandwidth: long()
      .default(String(bandwidths.default))
      .invalid('ClientUser.BandwidthInvalid')
      .readsAs(bandwidthIn)
      .example('2000')
      .about('Kbit/s, 1–20000.', '带宽，单位 Kbit/s，1～20000。'),
    ClientIp: text()
      .blank('ClientUser.IpEmpty')
      .invalid('ClientUser.IpInvalid')
      .readsAs(ipv4ToNumber)
      .example('10.0.0.10')
      .about(
        'A fixed address out of the CIDR blocks of the instance. Without it each connection gets a free one.',
        '固定 IP 地址，须在实例的网段内。未指定时每次连接分配空闲地址。',
      ),
    ...ownerParams,
  },

  checks: [
    {
      param: 'UserName',
      code: 'ClientUser.NameEmpty',
      test: ({ UserName, Password }) => UserName !== undefined || Password === undefined,
    },
    {
      param: 'Password',
      code: 'InvalidParameter.Password',
      test: ({ UserName, Password }) => Password !== undefined || UserName === undefined,
    },
    {
      // An address that becomes the name must be one that the other operations can name.
      param: 'UserName',
      code: 'ClientUser.NameInvalid',
      test: ({ UserName, UserMail }) => UserName !== undefined || userName.test(UserMail),
    },
  ],

  // Values first: they need no data and do not tell whether anything exists (C).
  errors: {
    'ClientUser.NameEmpty': [400, 'You must specify UserName.', '用户名不能为空。'],
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。'],
    'ClientUser.EmailEmpty': [400, 'You must specify UserEmail.', '用户邮箱不能为空。'],
    'ClientUser.EmailInvalid': [400, 'The format of the specified UserEmail is invalid.', '用户邮箱格式非法。'],
    'ClientUser.BandwidthInvalid': [400, 'The specified Bandwidth is invalid.', '用户带宽非法。'],
    'ClientUser.IpEmpty': [400, 'You must specify ClientIp.', '未指定静态IP。'],
    'ClientUser.IpInvalid': [400, 'The specified ClientIp is invalid.', '指定的静态IP非法。'],
    'InvalidParameter.Password': [
      400,
      'The input parameter Password is not legal, please check your input.',
      '参数 Password 不合法，请检查您的输入。',
      {
        en: 'The table has no code for a malformed or missing password; UpdateSmartAccessGatewayAdminPassword has this one.',
        zh: '该表没有“密码不合法”的错误码，采用 UpdateSmartAccessGatewayAdminPassword 的错误码。',
      },
    ],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'The table has no code for an instance that is not there; the service-wide list has this one.',
        zh: '该表没有“实例不存在”的错误码，采用公共错误码列表中的错误码。',
      },
    ],
    'ClientUser.NotSupportAction': [
      400,
      'You cannot create a user in the current SAG instance.',
      '当前智能网关实例不支持创建客户端用户。',
      {
        en: 'The table has no code for an instance that can have no accounts; RoamClientUser has this one.',
        zh: '该表没有“实例不支持客户端账号”的错误码，采用 RoamClientUser 的错误码。',
      },
    ],
    'SAG.CidrEmpty': [400, 'You must specify the CIDR blocks of SAG.', '智能网关地址段为空。'],
    'ClientUser.UserExist': [400, 'The specified user already exists.', '用户已经存在。'],
    'ClientUser.UserOverLimit': [400, 'The maximum number of users is exceeded.', '用户数已超限'],
    'ClientUser.InvalidClientIp': [400, 'The specified ClientIp is invalid.', '非法的用户IP'],
  },

  result: { UserName: stringField, UserMail: stringField, Bandwidth: integerField, ClientIp: stringField },

  async run({ caller, unit, ids, mailer, now, report, fail }, params) {
    const { RegionId, SmartAGId, UserMail, ClientIp: clientIp } = params
    const name = params.UserName ?? UserMail

    async function admit({ fleet, addresses, remoteUsers, enterpriseCodes }: Repositories) {
      const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
      if (app === undefined) throw fail('SAG.InstanceNoFound')
      if (app.kind !== 'app') throw fail('ClientUser.NotSupportAction')
      const pool = await addresses.cidrs(app.id)
      if (pool.length === 0) throw fail('SAG.CidrEmpty')
      if ((await remoteUsers.user(app.id, name)) !== undefined) throw fail('ClientUser.UserExist')
      if ((await remoteUsers.countUsers(app.id)) >= (app.userCount ?? 0)) throw fail('ClientUser.UserOverLimit')
      if (clientIp !== undefined) {
        const taken = (await remoteUsers.userAt(app.id, clientIp)) !== undefined
        if (taken || !isClientAddress(pool, clientIp)) throw fail('ClientUser.InvalidClientIp')
      }
      return app.enterpriseCode === undefined ? undefined : enterpriseCodes.code(app.enterpriseCode)
    }

    const code = await unit.read(admit)
    const password = params.Password ?? ids.userPassword()
    const passwordHash = await hashClientPassword(password)
    await unit.write(async (repositories) => {
      // Much may have happened while the password was hashed.
      await admit(repositories)
      const user = {
        instanceId: SmartAGId,
        name,
        mail: UserMail,
        bandwidth: params.Bandwidth,
        clientIp,
        passwordHash,
        createdAt: now,
      }
      await repositories.remoteUsers.addUser(user)
    })

    const enterpriseCode = code?.shown
    try {
      await mailer.send(accountMail({ to: UserMail, instanceId: SmartAGId, enterpriseCode, userName: name, password }))
    } catch (error) {
      if (params.Password === undefined) {
        // Nobody would ever know the password.
        await unit.write(({ remoteUsers }) => remoteUsers.deleteUser(SmartAGId, name, now, passwordHash))
        throw error
      }
      report(error, 'an account was added and its mail not sent')
    }
    return {
      UserName: name,
      UserMail,
      Bandwidth: params.Bandwidth,
      ClientIp: clientIp === undefined ? undefined : numberToIpv4(clientIp),
    }
  },
})
