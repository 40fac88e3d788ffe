import type { Texts } from '../../declare/index.ts'

/** The folders of RAM's operations, in the order of the documentation. */
export const ramFamilies: Readonly<Record<string, Texts>> = {
  users: { en: 'Users', zh: '用户' },
  groups: { en: 'User groups', zh: '用户组' },
  roles: { en: 'Roles', zh: '角色' },
  policies: { en: 'Policies', zh: '权限策略' },
  tags: { en: 'Tags', zh: '标签' },
  'access-keys': { en: 'Access keys', zh: '访问密钥' },
  'login-profiles': { en: 'Console logon', zh: '控制台登录' },
  'mfa-devices': { en: 'Second factors', zh: '多因素认证' },
  security: { en: 'Passwords and logons', zh: '密码与登录安全' },
  diagnostics: { en: 'Denied access', zh: '访问被拒绝' },
  'account-alias': { en: 'Account alias', zh: '账号别名' },
}
