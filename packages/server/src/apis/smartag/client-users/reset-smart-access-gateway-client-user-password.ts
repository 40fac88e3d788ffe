import { hashClientPassword } from '../../../access/client-passwords.ts'
import { secret } from '../../../declare/index.ts'
import { resetMail } from '../../../mail/password-mail.ts'
import { newUserPassword, userName } from '../../../model/client-user.ts'
import type { Repositories } from '../../../store/repositories.ts'
import { operation } from '../../operation.ts'
import { appId, clientUserName, ownerParams, regionId } from '../common-params.ts'

export const resetSmartAccessGatewayClientUserPassword = operation({
  name: 'ResetSmartAccessGatewayClientUserPassword',
  family: 'client-users',
  about: {
    en: 'Give an account of a SAG APP instance a new password and send it to its mail address. The old one stops working and sessions of the account end. A generated password that cannot be sent changes nothing.',
    zh: '重置 APP 实例客户端账号的密码，并将新密码发送到其邮箱。旧密码立即失效，在线会话被断开。若生成的随机密码无法发送，则不做任何更改。',
  },
  source: 'Smartag 2018-03-13, ResetSmartAccessGatewayClientUserPassword',
  access: { action: 'smartag:ResetSmartAccessGatewayClientUserPassword', level: 'Write', resource: '*', dependent: [] },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required('SAG.InstanceIdEmpty'),
    UserName: clientUserName.required('ClientUser.NameEmpty').invalid('ClientUser.NameInvalid').matches(userName),
    Password: secret(newUserPassword)
      .invalid('InvalidParameter.Password')
      .example('teste111')
      .about(
        '8–32 letters, Chinese characters, digits, `_`, `-`, the first a letter or Chinese character. Without it one is generated, and only the mail tells it.',
        '8～32 个字母、中文、数字、`_` 或 `-`，以字母或中文开头。未指定时生成随机密码，仅通过邮件告知。',
      ),
    ...ownerParams,
  },

  // State is not looked at: disabled accounts and instances in arrears have their passwords reset too (S).
  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    'ClientUser.NameEmpty': [400, 'You must specify UserName.', '用户名不能为空。'],
    // The form of the name stands here; an account that is not there answers the same code, last of all (C).
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。'],
    'InvalidParameter.Password': [
      400,
      'The input parameter Password is not legal, please check your input.',
      '参数 Password 不合法，请检查您的输入。',
      {
        en: 'The table has no code for a malformed password; UpdateSmartAccessGatewayAdminPassword has this one.',
        zh: '该表没有“密码不合法”的错误码，采用 UpdateSmartAccessGatewayAdminPassword 的错误码。',
      },
    ],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: {},

  async run({ caller, unit, ids, mailer, now, report, fail }, { RegionId, SmartAGId, UserName, Password }) {
    async function find({ fleet, remoteUsers, enterpriseCodes }: Repositories) {
      const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
      if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
      const user = await remoteUsers.user(app.id, UserName)
      if (user === undefined) throw fail('ClientUser.NameInvalid')
      const code = app.enterpriseCode === undefined ? undefined : await enterpriseCodes.code(app.enterpriseCode)
      return { user, code }
    }

    const { user, code } = await unit.read(find)
    const password = Password ?? ids.userPassword()
    const hash = await hashClientPassword(password)
    const mail = resetMail({
      to: user.mail,
      instanceId: SmartAGId,
      enterpriseCode: code?.shown,
      userName: UserName,
      password,
    })
    const change = (): Promise<void> =>
      unit.write(async (repositories) => {
        await find(repositories)
        await repositories.remoteUsers.setPasswordHash(SmartAGId, UserName, hash, now)
        await repositories.remoteUsers.endSessionsOf(SmartAGId, UserName, 'PasswordReset', now)
      })

    if (Password === undefined) {
      // Nobody would know it without the mail, so it counts from the moment a mail server has taken that over. To store
      // it first and put the old one back would leave a password nobody knows after a crash or two failures at once.
      await mailer.send(mail)
      await change()
    } else {
      await change()
      await mailer.send(mail).catch((error: unknown) => report(error, 'a password was reset and its mail not sent'))
    }
    return {}
  },
})
