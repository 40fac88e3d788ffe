import { text } from '../../../declare/index.ts'
import { hasPortRoles } from '../../../model/box.ts'
import { haBefore } from '../../../model/box-ha.ts'
import { isRoleTaken, roleOf, withRole } from '../../../model/port-role.ts'
import { operation } from '../../operation.ts'
import { changedBoxes, placeOf } from './box-change.ts'
import { changeErrors, portErrors, queryErrors, unlistedInstance } from './box-errors.ts'
import { boxParams } from './box-query.ts'

const { ConfigUnsynchronized: _, InvalidParameter: __, ...errors } = changeErrors

export const modifySagPortRole = operation({
  name: 'ModifySagPortRole',
  family: 'ports',
  about: {
    en: 'Give a port another role, on both devices of an instance. What was set of it is gone, and the devices restart.',
    zh: '修改端口的角色，对实例的两台设备都生效。端口原有的设置被清除，设备会重启。',
  },
  source: 'Smartag 2018-03-13, ModifySagPortRole',
  access: { action: 'smartag:ModifySagPortRole', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...boxParams,
    PortName: text()
      .required()
      .example('3')
      .about('As DescribeSagPortList lists it.', '端口名称，见 DescribeSagPortList。'),
    Role: text()
      .required()
      .oneOf('NONE', 'WAN', 'LAN', 'ECC', 'MGT')
      .invalid('Sag.PortRoleInvalid')
      .example('ECC')
      .about('`ECC` is a leased line, `MGT` the local console alone.', '`ECC` 为专线，`MGT` 为管理口。'),
  },

  errors: {
    ...unlistedInstance,
    ...errors,
    'Sag.PortNotExist': portErrors['Sag.PortNotExist'],
    'Sag.PortMgtError': [400, 'The role of a management port cannot be changed.', '管理口角色不能修改。'],
    'Sag.PortRoleInvalid': portErrors['Sag.PortRoleInvalid'],
    'Sag.HaPortExist': [400, 'The specified port is used by the HA configuration.', '当前端口被HA占用。'],
    'Sag.PortRoleLimit': [
      400,
      'The maximum number of ports with the specified role is exceeded.',
      '当前端口角色超过限制。',
    ],
    ConfigUnsynchronized: [400, queryErrors.ConfigUnsynchronized[1], '网络配置未同步。'],
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, PortName, Role }) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const all = await changedBoxes(context, instance, SmartAGSn, hasPortRoles)
    if (all.some(({ box }) => roleOf(box, PortName) === undefined)) throw fail('Sag.PortNotExist')
    const changed = all.filter(({ box }) => roleOf(box, PortName) !== Role)
    if (changed.length === 0) return {}
    if (changed.some(({ box }) => roleOf(box, PortName) === 'MGT')) throw fail('Sag.PortMgtError')
    for (const { box } of all) {
      const ha = haBefore(box)
      if (ha.mode === 'STATIC' && ha.port === PortName) throw fail('Sag.HaPortExist')
    }
    if (changed.some(({ box }) => isRoleTaken(box, Role))) throw fail('Sag.PortRoleLimit')
    for (const one of changed) {
      const [place, how] = placeOf(one, now)
      await boxes.setTogether(place, withRole(one.box.settings, PortName, Role), how)
    }
    return {}
  },
})
