import { operation } from '../../operation.ts'
import { appId, clientUserName, ownerParams, regionId } from '../common-params.ts'
import { setUserState } from './user-state.ts'

export const disableSmartAccessGatewayUser = operation({
  name: 'DisableSmartAccessGatewayUser',
  family: 'client-users',
  about: {
    en: 'Keep an account of a SAG APP instance from logging on, and end what it has online.',
    zh: '禁用 APP 实例的客户端账号，并断开其会话。',
  },
  source: 'Smartag 2018-03-13, DisableSmartAccessGatewayUser',
  access: {
    action: 'smartag:DisableSmartAccessGatewayUser',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required(),
    UserName: clientUserName.required(),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'The table has no code for an instance that is not there; the service-wide list has this one.',
        zh: '该表没有“实例不存在”的错误码，采用公共错误码列表中的错误码。',
      },
    ],
    'Forbbiden.SubUser': [
      400,
      'You are not authorized to operate on the specified resource.',
      '您不具有操作指定资源的权限',
    ],
    // Of another account (D).
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    'ClientUser.NameInvalid': [
      400,
      'The specified UserName is invalid.',
      '用户名格式非法。',
      {
        en: 'The table has no code for an account that is not there; DeleteSmartAccessGatewayClientUser has this one.',
        zh: '该表没有“账号不存在”的错误码，采用 DeleteSmartAccessGatewayClientUser 的错误码。',
      },
    ],
  },

  result: {},

  async run(context, params) {
    await setUserState(context, params, 'disabled')
    return {}
  },
})
