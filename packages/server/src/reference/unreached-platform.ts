import type { Texts } from '../declare/index.ts'

const ownFault = {
  en: 'Answered for a failure of the server itself only, such as a full disk.',
  zh: '仅在服务器自身发生故障（例如磁盘写满）时返回。',
}

/** As `unreached-smartag.ts`, for the operations beside SmartAG's. */
export const platformUnreached: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  AssumeRole: { InternalError: ownFault },
}
