import { texts } from './texts.ts'

export const mayTexts = texts(
  {
    title: 'You may not do this',
    screen: 'You may not use this page',
    needs: 'Missing action',
    on: 'On',
    you: 'You are',
    giver: 'Who can give it',
    givers: (account: string) =>
      `Account ${account} itself, or its user with AliyunRAMFullAccess or AdministratorAccess.`,
    copy: 'Copy for an administrator',
    copied: 'Copied',
    advice: 'The server decides each call again. After a change of your rights, load this page again.',
    text: (action: string, resource: string, arn: string, account: string) =>
      [
        'Please allow this in OpenSAG:',
        `Action: ${action}`,
        `Resource: ${resource}`,
        `For: ${arn}`,
        `Account: ${account}`,
      ].join('\n'),
  },
  {
    title: '没有此权限',
    screen: '没有使用此页面的权限',
    needs: '缺少的操作权限',
    on: '资源',
    you: '当前身份',
    giver: '可授权者',
    givers: (account) => `主账号 ${account}，或拥有 AliyunRAMFullAccess、AdministratorAccess 的用户。`,
    copy: '复制给管理员',
    copied: '已复制',
    advice: '每次调用均由服务器重新判定。权限变更后请重新打开本页。',
    text: (action, resource, arn, account) =>
      ['请在 OpenSAG 中授权：', `操作：${action}`, `资源：${resource}`, `授予：${arn}`, `账号：${account}`].join('\n'),
  },
)
