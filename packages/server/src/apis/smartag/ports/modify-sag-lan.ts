import { text } from '../../../declare/index.ts'
import { hasOlderPorts, hostAddress, maskLength } from '../../../model/box.ts'
import { lanOfReport, lanProblem, lanSettings } from '../../../model/lan.ts'
import { operation } from '../../operation.ts'
import { changedBox, placeOf, replaced } from './box-change.ts'
import { changeErrors, portErrors, unlistedInstance } from './box-errors.ts'
import { boxParams } from './box-query.ts'

export const modifySagLan = operation({
  name: 'ModifySagLan',
  family: 'ports',
  about: {
    en: 'Set the address of a port that leads to the branch, and which addresses terminals get there.',
    zh: '设置设备 LAN 口的地址，以及为终端分配的地址。',
  },
  source: 'Smartag 2018-03-13, ModifySagLan',
  access: { action: 'smartag:ModifySagLan', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'write',

  params: {
    ...boxParams,
    PortName: text()
      .required()
      .example('4')
      .about('As DescribeSagPortList lists it.', '端口名称，见 DescribeSagPortList。'),
    IPType: text()
      .required()
      .oneOf('DHCP', 'STATIC')
      .invalid('InvalidParameter')
      .example('DHCP')
      .about(
        '`DHCP`: the port gives addresses to terminals. `STATIC`: it does not.',
        '`DHCP`：该端口为终端分配地址。`STATIC`：不分配。',
      ),
    IP: text()
      .required()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('192.168.1.1')
      .about(
        'The address of the port, inside a block of the instance if it has some.',
        '端口的地址。实例有网段时必须位于其中。',
      ),
    Mask: text()
      .required()
      .readsAs(maskLength, 'InvalidParameter')
      .example('255.255.255.0')
      .about('The mask of its subnet, of 8 to 30 bits.', '子网掩码，8～30 位。'),
    StartIp: text()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('192.168.1.2')
      .about(
        'With `DHCP`, together with `EndIp`: the first address for terminals. Default: the whole subnet.',
        '仅用于 `DHCP`，与 `EndIp` 同时使用：首个可分配地址。默认为整个子网。',
      ),
    EndIp: text()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('192.168.1.254')
      .about(
        'With `DHCP`, together with `StartIp`: the last address for terminals.',
        '仅用于 `DHCP`，与 `StartIp` 同时使用：最后一个可分配地址。',
      ),
    Lease: text()
      .readsAs(leaseMinutes, 'InvalidParameter')
      .example('60')
      .about(
        'With `DHCP`: minutes an address is a terminal’s, 1–43200. Default: 60.',
        '仅用于 `DHCP`：租期，单位为分钟，1～43200，默认 60。',
      ),
  },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    ...portErrors,
    // Then InvalidParameter again, for the address in its surroundings.
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, addresses, boxes, now, fail } = context
    const { RegionId, SmartAGId, SmartAGSn, PortName } = params
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedBox(context, instance, SmartAGSn, hasOlderPorts)
    const { box } = changed
    const port = box.report.ports.find(({ name }) => name === PortName)
    if (port === undefined) throw fail('Sag.PortNotExist')
    if (port.role !== 'LAN') throw fail('Sag.PortRoleInvalid')
    const wanted = lanSettings({
      port: PortName,
      type: params.IPType,
      ip: params.IP,
      length: params.Mask,
      start: params.StartIp,
      end: params.EndIp,
      lease: params.Lease,
    })
    const problem = lanProblem(wanted, box.report, await addresses.cidrs(instance.id))
    if (problem !== undefined) throw fail('InvalidParameter', problem)
    const others = box.settings.lan ?? lanOfReport(box.report.lan)
    const [place, how] = placeOf(changed, now, 'lan')
    await boxes.set(place, 'lan', replaced(others, wanted), how)
    return {}
  },
})

function leaseMinutes(text: string): number | undefined {
  const minutes = Number(text)
  return /^\d{1,5}$/.test(text) && minutes >= 1 && minutes <= 43_200 ? minutes : undefined
}
