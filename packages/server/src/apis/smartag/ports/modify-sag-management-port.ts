import { text } from '../../../declare/index.ts'
import { hasOlderPorts, hostAddress, maskLength } from '../../../model/box.ts'
import { managementProblem } from '../../../model/lan.ts'
import { operation } from '../../operation.ts'
import { changedBox, placeOf } from './box-change.ts'
import { changeErrors, unlistedInstance } from './box-errors.ts'
import { boxParams } from './box-query.ts'

export const modifySagManagementPort = operation({
  name: 'ModifySagManagementPort',
  family: 'ports',
  about: {
    en: 'Set the address of the port of a device that is for its local console alone.',
    zh: '设置设备管理口的地址。',
  },
  source: 'Smartag 2018-03-13, ModifySagManagementPort',
  access: { action: 'smartag:ModifySagManagementPort', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'write',

  params: {
    ...boxParams,
    IP: text()
      .required()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('192.168.0.1')
      .about('The address of the port.', '管理口的地址。'),
    Mask: text()
      .required()
      .readsAs(maskLength, 'InvalidParameter')
      .example('255.255.255.0')
      .about('The mask of its subnet, of 8 to 30 bits.', '子网掩码，8～30 位。'),
    Gateway: text()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('192.168.0.254')
      .about(
        'A host of the subnet by which the console is reached from another one. Default: none.',
        '子网内的网关，用于从其他子网访问控制台。默认没有。',
      ),
  },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    'Sag.PortMgtError': [400, 'The role of a management port cannot be changed.', '管理口角色不能修改。'],
    // Then InvalidParameter again, for the address in its surroundings.
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, IP, Mask, Gateway }) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedBox(context, instance, SmartAGSn, hasOlderPorts)
    const { box } = changed
    // Its own code stands for models without one, too (C).
    if (!box.report.ports.some(({ role }) => role === 'MGT')) throw fail('Sag.PortMgtError')
    const wanted = { ip: IP, length: Mask, ...(Gateway === undefined ? {} : { gateway: Gateway }) }
    const problem = managementProblem(wanted, box.report)
    if (problem !== undefined) throw fail('InvalidParameter', problem)
    const [place, how] = placeOf(changed, now, 'management')
    await boxes.set(place, 'management', wanted, how)
    return {}
  },
})
