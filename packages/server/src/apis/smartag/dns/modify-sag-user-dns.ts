import { isActivated, isInArrears } from '../../../model/activation.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { tellsBox } from '../../../model/box-task.ts'
import { operation } from '../../operation.ts'
import { changedBox, placeOf } from '../ports/box-change.ts'
import { changeErrors, outsideTable, queryErrors } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'
import { dnsServers, masterDns, slaveDns } from './dns-params.ts'

const { 'SAG.SoftwareNotSupport': _, ...otherErrors } = changeErrors
const { SmartAccessGatewayNotActivated, SmartAccessGatewayInArrears } = queryErrors
const seenInPart = {
  en: 'The page lists the code, and was seen in part only; the message is that of the queries of a device.',
  zh: '公开页面列有此错误码，但仅见部分内容；错误信息采用设备查询操作的错误信息。',
}

export const modifySagUserDns = operation({
  name: 'ModifySagUserDns',
  family: 'dns',
  about: {
    en: 'Set the DNS servers of a device. One that is left out is taken away; without any, those are asked that its line to the Internet names.',
    zh: '设置设备的 DNS 服务器。未指定的服务器将被清除；两者均未指定时，使用从 WAN 口获取的服务器。',
  },
  source: 'Smartag 2018-03-13, ModifySagUserDns',
  access: { action: 'smartag:ModifySagUserDns', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...boxParams,
    MasterDns: masterDns.invalid('InvalidParameter'),
    SlaveDns: slaveDns.invalid('InvalidParameter'),
  },

  errors: {
    'SAG.InstanceNoFound': queryErrors['SAG.InstanceNoFound'],
    'SAG.SoftwareNotSupport': queryErrors['SAG.SoftwareNotSupport'],
    ...outsideTable({ SmartAccessGatewayNotActivated, SmartAccessGatewayInArrears }, seenInPart),
    ...otherErrors,
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, MasterDns, SlaveDns }) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')
    const changed = await changedBox(context, instance, SmartAGSn, hasOlderPorts)
    if (!tellsBox(changed.device, 'dns')) throw fail('FeatureNotSupport')
    const [place, how] = placeOf(changed, now, 'dns')
    await boxes.set(place, 'dns', dnsServers(MasterDns, SlaveDns), how)
    return {}
  },
})
