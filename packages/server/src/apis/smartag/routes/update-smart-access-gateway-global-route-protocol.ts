import { booleanField, stringField } from '../../../declare/index.ts'
import { withGlobalProtocol } from '../../../model/routing.ts'
import { operation } from '../../operation.ts'
import { placeOf } from '../ports/box-change.ts'
import { newerInstance, newerParams } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal, missing } from '../ports/newer-param-errors.ts'
import { changedNewerRouting } from './changed-routing.ts'
import { globalProtocol } from './routing-params.ts'

export const updateSmartAccessGatewayGlobalRouteProtocol = operation({
  name: 'UpdateSmartAccessGatewayGlobalRouteProtocol',
  family: 'routes',
  about: {
    en: 'Set which dynamic routing protocol the ports of a device of the SCG5000 family can speak. Ports that speak the other one speak none from then on.',
    zh: '设置 SCG5000 系列设备的全局路由协议。运行另一动态协议的端口恢复为静态。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayGlobalRouteProtocol',
  access: {
    action: 'smartag:UpdateSmartAccessGatewayGlobalRouteProtocol',
    level: 'Write',
    resource: '*',
    dependent: [],
  },
  transaction: 'write',

  params: {
    ...newerParams,
    RouteProtocol: globalProtocol.required('MissParameter.RouteProtocol').invalid('InvalidParameter.RouteProtocol'),
  },

  errors: {
    ...missing('RouteProtocol'),
    ...illegal('RouteProtocol'),
    ...newerChangeErrors,
  },

  result: { Code: stringField, Success: booleanField, Message: stringField },

  async run(context, params) {
    const { boxes, now, fail } = context
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedNewerRouting(context, instance, params.SagSn)
    const sections = withGlobalProtocol(changed.box, params.RouteProtocol)
    const [place, how] = placeOf(changed, now, 'globalProtocol')
    await boxes.setTogether(place, sections, how)
    return { Code: '200', Success: true, Message: 'Successful' }
  },
})
