import { hasPortRoles } from '../../../model/box.ts'
import { linesBefore, withoutLine } from '../../../model/leased-line.ts'
import { operation } from '../../operation.ts'
import { changedBox, deviceAsInstance, hasRole, placeOf } from '../ports/box-change.ts'
import { changeErrors, queryErrors } from '../ports/box-errors.ts'
import { leasedLineParams, noLeasedLine } from './leased-line-params.ts'

const { 'Sag.DeviceNotExist': _, 'SAG.SoftwareNotSupport': __, ...errors } = changeErrors

export const deleteSagExpressConnectInterface = operation({
  name: 'DeleteSagExpressConnectInterface',
  family: 'vbr-express-connect',
  about: {
    en: 'Take an address on a leased line from a device, with its static routes and its routing protocol. One that is not there is no error.',
    zh: '删除设备在专线上的地址，以及其静态路由和路由协议。该地址不存在时不报错。',
  },
  source: 'Smartag 2018-03-13, DeleteSagExpressConnectInterface',
  access: { action: 'smartag:DeleteSagExpressConnectInterface', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: leasedLineParams,

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    'SAG.SoftwareNotSupport': queryErrors['SAG.SoftwareNotSupport'],
    InstanceNotExit: queryErrors.InstanceNotExit,
    ...errors,
    // Then InvalidParameter again, for the port.
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, PortName, Vlan = 0 }) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedBox({ boxes, fail: deviceAsInstance(fail) }, instance, SmartAGSn, hasPortRoles)
    const { box } = changed
    if (!hasRole(box, PortName, 'ECC')) throw fail('InvalidParameter', noLeasedLine)
    const all = linesBefore(box.settings, box.report)
    const left = withoutLine(box, { port: PortName, vlan: Vlan })
    if (left.ecc?.length === all.length) return {}
    const [place, how] = placeOf(changed, now, 'ecc')
    await boxes.setTogether(place, left, how)
    return {}
  },
})
