import { hasPortRoles } from '../../../model/box.ts'
import { lineProblem, linesBefore, newLineProblem } from '../../../model/leased-line.ts'
import { operation } from '../../operation.ts'
import { changedBox, hasRole, placeOf } from '../ports/box-change.ts'
import { changeErrors, unlistedInstance } from '../ports/box-errors.ts'
import { leasedLineAddress, leasedLineParams, lineErrors, noLeasedLine } from './leased-line-params.ts'

const { 'Sag.EccVlanNotExist': _, ...errors } = lineErrors

export const createSagExpressConnectInterface = operation({
  name: 'CreateSagExpressConnectInterface',
  family: 'vbr-express-connect',
  about: {
    en: 'Give a device an address on a leased line: one of the port itself, or up to five with a VLAN each.',
    zh: '为设备的专线端口添加地址：端口本身一个，或至多五个，各带一个 VLAN。',
  },
  source: 'Smartag 2018-03-13, CreateSagExpressConnectInterface',
  access: { action: 'smartag:CreateSagExpressConnectInterface', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: { ...leasedLineParams, ...leasedLineAddress },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    ...errors,
    // Then InvalidParameter again, for the port, and the address in its surroundings.
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, PortName, Vlan = 0, IP, Mask }) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedBox(context, instance, SmartAGSn, hasPortRoles)
    const { box } = changed
    const all = linesBefore(box.settings, box.report)
    const wanted = { port: PortName, vlan: Vlan, ip: IP, length: Mask }
    const code = newLineProblem(all, wanted)
    if (code !== undefined) throw fail(code)
    if (!hasRole(box, PortName, 'ECC')) throw fail('InvalidParameter', noLeasedLine)
    const problem = lineProblem(wanted, all, box.report)
    if (problem !== undefined) throw fail('InvalidParameter', problem)
    const [place, how] = placeOf(changed, now, 'ecc')
    await boxes.set(place, 'ecc', [...all, wanted], how)
    return {}
  },
})
