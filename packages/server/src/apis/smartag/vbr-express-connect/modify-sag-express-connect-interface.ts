import { hasPortRoles } from '../../../model/box.ts'
import { isSameLine, lineProblem, linesBefore } from '../../../model/leased-line.ts'
import { operation } from '../../operation.ts'
import { changedBox, hasRole, placeOf } from '../ports/box-change.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { leasedLineAddress, leasedLineParams, lineErrors, noLeasedLine } from './leased-line-params.ts'

export const modifySagExpressConnectInterface = operation({
  name: 'ModifySagExpressConnectInterface',
  family: 'vbr-express-connect',
  about: {
    en: 'Change the address that a device has on a leased line.',
    zh: '修改设备在专线上的地址。',
  },
  source: 'Smartag 2018-03-13, ModifySagExpressConnectInterface',
  access: { action: 'smartag:ModifySagExpressConnectInterface', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: { ...leasedLineParams, ...leasedLineAddress },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    'Sag.EccVlanNotExist': lineErrors['Sag.EccVlanNotExist'],
    // Of a port without leased line InvalidParameter, and again for the address in its surroundings.
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, PortName, Vlan = 0, IP, Mask }) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedBox(context, instance, SmartAGSn, hasPortRoles)
    const { box } = changed
    if (!hasRole(box, PortName, 'ECC')) throw fail('InvalidParameter', noLeasedLine)
    const all = linesBefore(box.settings, box.report)
    const wanted = { port: PortName, vlan: Vlan, ip: IP, length: Mask }
    const index = all.findIndex((one) => isSameLine(one, wanted))
    if (index < 0) throw fail('Sag.EccVlanNotExist')
    const problem = lineProblem(wanted, all, box.report)
    if (problem !== undefined) throw fail('InvalidParameter', problem)
    const [place, how] = placeOf(changed, now, 'ecc')
    await boxes.set(place, 'ecc', all.with(index, wanted), how)
    return {}
  },
})
