import type { Texts } from '../declare/index.ts'

/**
 * Declared errors that no state of the system leads to, each with its reason. Everything else in the error tables is
 * reached by a test of its operation, and a code that is reached may not stand here.
 */
export const unreached: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  DescribeRegions: {
    Forbidden: {
      en: 'Permission is refused to users and roles; there is only the account itself so far, which may do everything.',
      zh: '仅对用户和角色拒绝授权；目前只有主账号，拥有全部权限。',
    },
    InnerServiceFailed: {
      en: 'The list of regions is part of the program; there is no inner service that could fail.',
      zh: '地域列表内置于程序，不存在可能失败的内部服务。',
    },
  },
  DescribeSmartAccessGateways: {
    Forbidden: {
      en: 'Permission is refused to users and roles; there is only the account itself so far, which may do everything.',
      zh: '仅对用户和角色拒绝授权；目前只有主账号，拥有全部权限。',
    },
  },
}
