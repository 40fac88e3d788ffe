import { operation } from '../../operation.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'
import { changedRouting } from './changed-routing.ts'
import {
  areaId,
  authenticationType,
  clearPassword,
  deadTime,
  helloTime,
  md5Key,
  md5KeyId,
  routerId,
} from './routing-params.ts'
import { setOspf } from './set-ospf.ts'

export const modifySagRouteProtocolOspf = operation({
  name: 'ModifySagRouteProtocolOspf',
  family: 'routes',
  about: {
    en: 'Set how a device speaks OSPF. What is left out of the authentication stays as it is.',
    zh: '设置设备的 OSPF。未指定的认证参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifySagRouteProtocolOspf',
  access: {
    action: 'smartag:ModifySagRouteProtocolOspf',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    ...boxParams,
    RouterId: routerId.required().invalid('InvalidParameter'),
    AreaId: areaId.required().invalid('InvalidParameter'),
    HelloTime: helloTime.required().invalid('InvalidParameter'),
    DeadTime: deadTime.required().invalid('InvalidParameter'),
    AuthenticationType: authenticationType.required().invalid('InvalidParameter'),
    Md5KeyId: md5KeyId.invalid('InvalidParameter'),
    Md5Key: md5Key.invalid('InvalidParameter'),
    Password: clearPassword.invalid('InvalidParameter'),
  },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    // Then InvalidParameter again, for authentication that lacks a value.
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, fail } = context
    const instance = await fleet.instance(caller.accountId, params.RegionId, params.SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedRouting(context, instance, params.SmartAGSn)
    const lacks = (name: string): Error => fail('InvalidParameter', `With this AuthenticationType, ${name} is needed.`)
    await setOspf(context, changed, params, lacks)
    return {}
  },
})
