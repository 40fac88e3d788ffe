import { type Param, text } from '../../../declare/index.ts'

// What both operations of the family ask for alike, and answer alike.

export const packageRegion: Param<string> = text()
  .required()
  .example('cn-shanghai')
  .about('The region of the package and its instances.', '带宽包及其实例所在的地域。')

export const packageId: Param<string> = text()
  .required()
  .example('abwp-7963l7iqnquyj30000')
  .about('The package, which the operator has given to the account.', '应用加速带宽包的 ID，由运维人员为账号提供。')

/** Of what the published table, of one operation and not whole, does not have. */
export const notInTable = {
  en: 'The published table has no code for it; other operations have this one.',
  zh: '公开的错误码表没有对应的错误码，采用其他操作的错误码。',
} as const

export const notThere = [
  400,
  'The specified SAG instance does not exist.',
  '智能接入网关实例不存在。',
  notInTable,
] as const

export const wrongValue = [400, 'The specified parameter is invalid.', '参数不合法。', notInTable] as const
