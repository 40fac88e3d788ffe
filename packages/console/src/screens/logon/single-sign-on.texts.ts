import { texts } from '../../app/texts.ts'

export const singleSignOnTexts = texts(
  {
    or: 'or',
    logOn: (name: string) => `Log on with ${name}`,
    provider: 'the provider',
    loggingOn: 'Logging on…',
    stillThere: (name: string) => `You are still logged on at ${name}.`,
    logOffThere: 'Log off there too',
    refused: {
      NotBegun: 'This browser began no logon at this address, or it took longer than 10 minutes. Try again.',
      Refused: 'The provider did not log you on.',
      NotProven: 'The answer of the provider does not prove who you are. Try again.',
      EmailNotVerified: 'The provider has not verified your email address.',
      UserUnknown: 'No user here, or more than one, is who the provider says you are. Ask an administrator.',
      OtherIdentity: 'This user logged on as somebody else at the provider before. Ask an administrator.',
      NoLogon: 'Your user may not log on to the console. Ask an administrator.',
      SecondFactor: 'You need a second factor, and the provider asked for none. Log on with password and code.',
      Unavailable: 'The provider does not answer. Try again later, or log on with your password.',
    },
  },
  {
    or: '或',
    logOn: (name) => `使用 ${name} 登录`,
    provider: '提供方',
    loggingOn: '正在登录…',
    stillThere: (name) => `你在 ${name} 仍处于登录状态。`,
    logOffThere: '同时退出该处登录',
    refused: {
      NotBegun: '该浏览器未在此地址发起登录，或已超过 10 分钟，请重试。',
      Refused: '提供方未完成登录。',
      NotProven: '提供方的应答无法证明身份，请重试。',
      EmailNotVerified: '提供方尚未验证该邮箱地址。',
      UserUnknown: '没有用户与提供方给出的身份对应，或对应多个用户，请联系管理员。',
      OtherIdentity: '该用户此前以提供方的另一身份登录过，请联系管理员。',
      NoLogon: '该用户不允许登录控制台，请联系管理员。',
      SecondFactor: '需要多因素认证，但提供方未要求。请使用密码和验证码登录。',
      Unavailable: '提供方没有应答，请稍后重试，或使用密码登录。',
    },
  },
)
