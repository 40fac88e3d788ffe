import { operation } from '../../operation.ts'
import { appId, clientUserName, ownerParams, regionId } from '../common-params.ts'

export const kickOutClients = operation({
  name: 'KickOutClients',
  family: 'client-users',
  about: {
    en: 'End what an account has online. Its client may log on again. An account that is not online, or not there, has nothing to end.',
    zh: '断开账号的在线会话，客户端可以重新登录。账号不在线或不存在时无需断开，调用同样成功。',
  },
  source: 'Smartag 2018-03-13, KickOutClients',
  access: { action: 'smartag:KickOutClients', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required(),
    // Spelt like this here alone (D).
    Username: clientUserName.required('ClientUser.NameEmpty'),
    ...ownerParams,
  },

  errors: {
    'ClientUser.NameEmpty': [400, 'You must specify UserName.', '用户名不能为空。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: {},

  async run({ caller, fleet, remoteUsers, now, fail }, { RegionId, SmartAGId, Username }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')

    await remoteUsers.endSessionsOf(app.id, Username, 'KickedOut', now)
    return {}
  },
})
