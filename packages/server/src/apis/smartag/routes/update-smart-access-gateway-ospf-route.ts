import { booleanField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { newerInstance, newerParams } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal, missing } from '../ports/newer-param-errors.ts'
import { changedNewerRouting } from './changed-routing.ts'
import {
  areaId,
  authenticationType,
  clearPassword,
  deadTime,
  helloTime,
  md5Key,
  md5KeyId,
  routerId,
  withoutEffect,
} from './routing-params.ts'
import { setOspf } from './set-ospf.ts'

export const updateSmartAccessGatewayOspfRoute = operation({
  name: 'UpdateSmartAccessGatewayOspfRoute',
  family: 'routes',
  about: {
    en: 'Set how a device of the SCG5000 family speaks OSPF. What is left out of the authentication stays as it is.',
    zh: '设置 SCG5000 系列设备的 OSPF。未指定的认证参数保持不变。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayOspfRoute',
  access: { action: 'smartag:UpdateSmartAccessGatewayOspfRoute', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...newerParams,
    RouterId: routerId.required('MissParameter.RouterId').invalid('InvalidParameter.RouterId'),
    AreaId: areaId.required('MissParameter.AreaId').invalid('InvalidParameter.AreaId'),
    HelloTime: helloTime.required('MissParameter.HelloTime').invalid('InvalidParameter.HelloTime'),
    DeadTime: deadTime.required('MissParameter.DeadTime').invalid('InvalidParameter.DeadTime'),
    AuthenticationType: authenticationType
      .required('MissParameter.AuthenticationType')
      .invalid('InvalidParameter.AuthenticationType'),
    Md5KeyId: md5KeyId.invalid('InvalidParameter.Md5KeyId'),
    Md5Key: md5Key.invalid('InvalidParameter.Md5Key'),
    Password: clearPassword.invalid('InvalidParameter.Password'),
    ...withoutEffect,
  },

  errors: {
    ...missing('RouterId', 'AreaId', 'HelloTime', 'DeadTime', 'AuthenticationType'),
    ...illegal(
      ...([
        'RouterId',
        'AreaId',
        'HelloTime',
        'DeadTime',
        'AuthenticationType',
        'Md5KeyId',
        'Md5Key',
        'Password',
      ] as const),
    ),
    ...newerChangeErrors,
  },

  result: { Code: stringField, Success: booleanField, Message: stringField },

  async run(context, params) {
    const { fail } = context
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedNewerRouting(context, instance, params.SagSn)
    await setOspf(context, changed, params, (name) => fail(`InvalidParameter.${name}`))
    return { Code: '200', Success: true, Message: 'Successful' }
  },
})
