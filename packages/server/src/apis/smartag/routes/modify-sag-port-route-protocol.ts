import { portProblem, withPortProtocol } from '../../../model/routing.ts'
import { operation } from '../../operation.ts'
import { placeOf } from '../ports/box-change.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'
import { changedRouting } from './changed-routing.ts'
import { portName, portProtocol, remoteAs, remoteIp, vlan } from './routing-params.ts'

export const modifySagPortRouteProtocol = operation({
  name: 'ModifySagPortRouteProtocol',
  family: 'routes',
  about: {
    en: 'Set what a port of a device, or a VLAN of its leased line, speaks with routers of the branch.',
    zh: '设置设备端口或专线 VLAN 的路由协议。',
  },
  source: 'Smartag 2018-03-13, ModifySagPortRouteProtocol',
  access: {
    action: 'smartag:ModifySagPortRouteProtocol',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    ...boxParams,
    PortName: portName.required().invalid('InvalidParameter'),
    RouteProtocol: portProtocol.required().invalid('InvalidParameter'),
    Vlan: vlan.default(0).invalid('InvalidParameter'),
    RemoteIp: remoteIp.invalid('InvalidParameter'),
    RemoteAs: remoteAs.invalid('InvalidParameter'),
  },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    'Sag.RouteProtocolPortNotExist': [
      400,
      'The port specified for the dynamic routing protocol does not exist.',
      '动态路由协议指定的端口错误。',
    ],
    'Sag.EccRouteTypeError': [400, 'An ECC port supports the BGP protocol only.', '专线Vlan只能设置Bgp协议。'],
    'Sag.RouteTypeNotMatch': [
      400,
      'The routing protocol of the port does not match the global routing protocol.',
      '端口路由协议与全局路由协议不一致。',
      {
        en: 'Of this row the page was seen up to the beginning of its message.',
        zh: '仅看到该行错误信息的开头。',
      },
    ],
    // Then InvalidParameter again, for BGP without its neighbour.
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, params.RegionId, params.SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedRouting(context, instance, params.SmartAGSn)
    const { PortName, RouteProtocol, Vlan, RemoteIp, RemoteAs } = params
    const wanted = { port: PortName, vlan: Vlan, protocol: RouteProtocol, ip: RemoteIp, as: RemoteAs }
    const problem = portProblem(changed.box, wanted)
    if (problem === 'no port') throw fail('Sag.RouteProtocolPortNotExist')
    if (problem === 'leased line') throw fail('Sag.EccRouteTypeError')
    if (problem === 'other protocol') throw fail('Sag.RouteTypeNotMatch')
    if (problem !== undefined) throw fail('InvalidParameter', `With BGP, ${problem} is needed.`)
    const [place, how] = placeOf(changed, now, 'portProtocols')
    await boxes.setTogether(place, withPortProtocol(changed.box, wanted), how)
    return {}
  },
})
