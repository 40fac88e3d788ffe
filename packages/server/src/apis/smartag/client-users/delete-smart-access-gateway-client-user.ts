import { usedTraffic, userName } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, clientUserName, ownerParams, regionId } from '../common-params.ts'

export const deleteSmartAccessGatewayClientUser = operation({
  name: 'DeleteSmartAccessGatewayClientUser',
  family: 'client-users',
  about: {
    en: 'Delete an account of a SAG APP instance and end what it has online. One that used traffic this month can only be disabled until the month is over.',
    zh: '删除 APP 实例的客户端账号并断开其会话。当月已使用流量的账号在月底前只能禁用。',
  },
  source: 'Smartag 2018-03-13, DeleteSmartAccessGatewayClientUser',
  access: { action: 'smartag:DeleteSmartAccessGatewayClientUser', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required('SAG.InstanceIdEmpty'),
    UserName: clientUserName.required('ClientUser.NameEmpty').invalid('ClientUser.NameInvalid').matches(userName),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    'ClientUser.NameEmpty': [400, 'You must specify UserName.', '用户名不能为空。'],
    // The form of the name stands here; an account that is not there answers the same code, after the instance (C).
    'ClientUser.NameInvalid': [400, 'The specified UserName is invalid.', '用户名格式非法。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
    ResourceInOperating: [
      400,
      'The specified resource is being used. Please try later.',
      '当前资源正在操作中，请求稍后重试。',
      {
        en: 'The guide refuses to delete an account that used traffic this month, the table has no code for it; the service-wide list has this one for what is in use.',
        zh: '使用指南规定当月已使用流量的账号不能删除，而该表没有对应的错误码，采用公共错误码列表中“资源正在使用”的错误码。',
      },
    ],
  },

  result: {},

  async run({ caller, fleet, remoteUsers, now, fail }, { RegionId, SmartAGId, UserName }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const user = await remoteUsers.user(app.id, UserName)
    if (user === undefined) throw fail('ClientUser.NameInvalid')
    if (usedTraffic(user, now)) throw fail('ResourceInOperating')

    await remoteUsers.deleteUser(app.id, UserName, now)
    return {}
  },
})
