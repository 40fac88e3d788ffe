import { booleanField, stringField } from '../../../declare/index.ts'
import { portProblem, withPortProtocol } from '../../../model/routing.ts'
import { operation } from '../../operation.ts'
import { placeOf } from '../ports/box-change.ts'
import { newerInstance, newerParams } from '../ports/newer-box.ts'
import { newerChangeErrors } from '../ports/newer-change-errors.ts'
import { illegal, missing, missingRow } from '../ports/newer-param-errors.ts'
import { changedNewerRouting } from './changed-routing.ts'
import { portName, portProtocol, remoteAs, remoteIp, vlan } from './routing-params.ts'

export const updateSmartAccessGatewayPortRouteProtocol = operation({
  name: 'UpdateSmartAccessGatewayPortRouteProtocol',
  family: 'routes',
  about: {
    en: 'Set what a port of a device of the SCG5000 family speaks with routers of the branch.',
    zh: '设置 SCG5000 系列设备端口的路由协议。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayPortRouteProtocol',
  access: { action: 'smartag:UpdateSmartAccessGatewayPortRouteProtocol', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...newerParams,
    PortName: portName.required('MissParameter.PortName').invalid('InvalidParameter.PortName'),
    RouteProtocol: portProtocol.required('MissParameter.RouteType').invalid('InvalidParameter.RouteProtocol'),
    Vlan: vlan.default(0).invalid('InvalidParameter.Vlan'),
    RemoteIp: remoteIp.invalid('InvalidParameter.RemoteIp'),
    RemoteAs: remoteAs.invalid('InvalidParameter.RemoteAs'),
  },

  errors: {
    'MissParameter.PortName': missingRow('PortName'),
    ...missing('RouteType'),
    ...illegal('PortName', 'RouteProtocol', 'Vlan', 'RemoteIp', 'RemoteAs'),
    ...newerChangeErrors,
    'MissParameter.GatewayId': missingRow('GatewayId'),
    'GATEWAY.InvalidSN': [400, 'The specified gateway serial number does not exist.', '网关序列号不存在。'],
    InternalError: [400, 'Internal server error', '服务器内部错误。'],
  },

  result: { Code: stringField, Success: booleanField, Message: stringField },

  async run(context, params) {
    const { boxes, now, fail } = context
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedNewerRouting(context, instance, params.SagSn)
    const { PortName, RouteProtocol, Vlan, RemoteIp, RemoteAs } = params
    const wanted = { port: PortName, vlan: Vlan, protocol: RouteProtocol, ip: RemoteIp, as: RemoteAs }
    const problem = portProblem(changed.box, wanted)
    if (problem === 'no port') throw fail('InvalidParameter.PortName')
    if (problem === 'leased line' || problem === 'other protocol') throw fail('InvalidParameter.RouteProtocol')
    if (problem !== undefined) throw fail(`InvalidParameter.${problem}`)
    const [place, how] = placeOf(changed, now, 'portProtocols')
    await boxes.setTogether(place, withPortProtocol(changed.box, wanted), how)
    return { Code: '200', Success: true, Message: 'Successful' }
  },
})
