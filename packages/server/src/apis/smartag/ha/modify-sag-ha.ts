import type { HaConfig } from '@opensag/protocol'
import { text } from '../../../declare/index.ts'
import { hostAddress } from '../../../model/box.ts'
import { allowsHa, haBefore, hasHa, virtualIpProblem } from '../../../model/box-ha.ts'
import { operation } from '../../operation.ts'
import { changedBoxes, hasRole, placeOf } from '../ports/box-change.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'

export const modifySagHa = operation({
  name: 'ModifySagHa',
  family: 'ha',
  about: {
    en: 'Set how the two devices of an instance share its branch. It is set of both, whichever is named.',
    zh: '设置实例的两台设备如何共享分支。无论指定哪一台，都对两台生效。',
  },
  source: 'Smartag 2018-03-13, ModifySagHa',
  access: {
    action: 'smartag:ModifySagHa',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    ...boxParams,
    Mode: text()
      .required()
      .oneOf('NONE', 'STATIC', 'DYNAMIC')
      .invalid('InvalidParameter')
      .example('STATIC')
      .about(
        '`STATIC`: an address that one of them has. `DYNAMIC`: by costs of routes, while a routing protocol is spoken.',
        '`STATIC`：虚拟 IP。`DYNAMIC`：按路由开销，须启用动态路由协议。',
      ),
    PortName: text().example('4').about('With `STATIC`: a LAN or WAN port.', '仅用于 `STATIC`：LAN 口或 WAN 口。'),
    VirtualIp: text()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('192.168.1.250')
      .about(
        'With `STATIC`: an address in the subnet of the port, of no device and for no terminal.',
        '仅用于 `STATIC`：端口所在子网的地址，不能是设备的地址，也不能在 DHCP 地址池内。',
      ),
  },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    'Sag.HaTypeNotAllow': [
      400,
      'The specified device does not support the configuration of the specified type.',
      '当前设备不支持当前类型配置。',
    ],
    'Sag.HaPortRoleError': [400, 'The specified port does not support HA configuration.', '当前端口角色不支持HA配置。'],
    'Sag.HaPortExist': [400, 'The specified port is used by the HA configuration.', '当前端口被HA占用。'],
    // Then InvalidParameter again, for the address in its surroundings.
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, boxes, now, fail } = context
    const { RegionId, SmartAGId, SmartAGSn, Mode, PortName, VirtualIp } = params
    const wanted = wantedHa(Mode, PortName, VirtualIp)
    if (wanted === undefined) throw fail('InvalidParameter', 'STATIC needs PortName and VirtualIp.')
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    // What the two have in common is set of both, so both have to be ready for it.
    const all = await changedBoxes(context, instance, SmartAGSn, hasHa)
    const [named] = all
    const reports = all.map(({ box }) => box.report)
    if (!allowsHa(instance, reports, wanted.mode)) throw fail('Sag.HaTypeNotAllow')
    if (wanted.mode === 'STATIC') {
      const { port } = wanted
      if (!hasRole(named.box, port, 'LAN') && !hasRole(named.box, port, 'WAN')) throw fail('Sag.HaPortRoleError')
      const before = haBefore(named.box)
      if (before.mode === 'STATIC' && before.port !== port) throw fail('Sag.HaPortExist')
      const problem = virtualIpProblem(wanted, reports)
      if (problem !== undefined) throw fail('InvalidParameter', problem)
    }
    for (const one of all) {
      const [place, how] = placeOf(one, now, 'ha')
      await boxes.set(place, 'ha', wanted, how)
    }
    return {}
  },
})

/** Undefined: what the mode needs is missing. Of the others it is not looked at. */
function wantedHa(mode: HaConfig['mode'], port: string | undefined, ip: string | undefined): HaConfig | undefined {
  if (mode !== 'STATIC') return { mode }
  return port === undefined || ip === undefined ? undefined : { mode, port, ip }
}
