import { integer, secret, text } from '../../../declare/index.ts'
import { hasOlderPorts, hostAddress, maskLength } from '../../../model/box.ts'
import { wanBefore, wanProblem, wanSettings } from '../../../model/wan.ts'
import { operation } from '../../operation.ts'
import { changedBox, placeOf, replaced } from './box-change.ts'
import { changeErrors, unlistedInstance } from './box-errors.ts'
import { boxParams } from './box-query.ts'
import { sealedOrKept } from './box-secrets.ts'

export const modifySagWan = operation({
  name: 'ModifySagWan',
  family: 'ports',
  about: {
    en: 'Set a port that leads to the Internet. What is left out stays as it is.',
    zh: '设置设备的 WAN 口。未指定的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifySagWan',
  access: { action: 'smartag:ModifySagWan', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...boxParams,
    PortName: text()
      .required()
      .example('5')
      .about('As DescribeSagPortList lists it.', '端口名称，见 DescribeSagPortList。'),
    IPType: text()
      .required()
      .oneOf('DHCP', 'STATIC', 'PPPOE')
      .invalid('InvalidParameter')
      .example('STATIC')
      .about('How the port gets its address.', '端口获取地址的方式。'),
    IP: text()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('203.0.113.6')
      .about('With `STATIC`: the address of the port.', '仅用于 `STATIC`：端口的地址。'),
    Mask: text()
      .readsAs(maskLength, 'InvalidParameter')
      .example('255.255.255.248')
      .about('With `STATIC`: the mask of its subnet, of 8 to 30 bits.', '仅用于 `STATIC`：子网掩码，8～30 位。'),
    Gateway: text()
      .readsAs(hostAddress, 'InvalidParameter')
      .example('203.0.113.1')
      .about(
        'With `STATIC`: the next hop to the Internet, in the subnet.',
        '仅用于 `STATIC`：默认网关，位于该子网中。',
      ),
    Username: text()
      .matches(/^[A-Za-z0-9]{6,30}$/)
      .invalid('InvalidParameter')
      .example('branch01')
      .about('With `PPPOE`: 6–30 letters and digits.', '仅用于 `PPPOE`：6～30 个字母或数字。'),
    Password: secret(/^[A-Za-z0-9]{6,30}$/)
      .invalid('InvalidParameter')
      .example('Branch2024')
      .about(
        'With `PPPOE`: 6–30 letters and digits. Needed unless one is stored.',
        '仅用于 `PPPOE`：6～30 个字母或数字。尚未保存密码时必填。',
      ),
    Priority: integer()
      .invalid('InvalidParameter')
      .range(1, 50, -1)
      .example('1')
      .about(
        'The smallest carries the traffic; -1: it carries none. Default: 1.',
        '数值最小者承载流量；-1 表示不转发。默认为 1。',
      ),
    Weight: integer()
      .invalid('InvalidParameter')
      .range(1, 100)
      .example('100')
      .about('Its part among ports of one priority. Default: 100.', '同一优先级端口间的权重。默认为 100。'),
    ISP: text()
      .oneOf('CT', 'CM', 'CU', 'Other')
      .invalid('InvalidParameter')
      .example('CT')
      .about('Whose line it is. Default: `Other`.', '线路运营商。默认为 `Other`。'),
    Bandwidth: integer()
      .invalid('InvalidParameter')
      .range(1, 100_000)
      .example('50')
      .about('Mbit/s that it sends at most. Default: no limit.', '上行带宽上限，单位 Mbit/s。默认不限制。'),
  },

  errors: {
    ...unlistedInstance,
    ...changeErrors,
    'Sag.PortNotExist': [400, 'The specified port does not exist.', '当前端口不存在'],
    'Sag.PortRoleInvalid': [400, 'The port role is invalid.', '设备端口角色不正确'],
    // Then InvalidParameter again, for the values together.
  },

  result: {},

  async run(context, params) {
    const { caller, fleet, boxes, now, fail } = context
    const { RegionId, SmartAGId, SmartAGSn, PortName } = params
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const changed = await changedBox(context, instance, SmartAGSn, hasOlderPorts)
    const { device, box } = changed
    const port = box.report.ports.find(({ name }) => name === PortName)
    if (port === undefined) throw fail('Sag.PortNotExist')
    if (port.role !== 'WAN') throw fail('Sag.PortRoleInvalid')
    const all = wanBefore(box.settings, box.report)
    const before = all.find((one) => one.port === PortName)
    const purpose = { section: 'wan', name: `password of ${PortName}` } as const
    const wanted = {
      type: params.IPType,
      ip: params.IP,
      length: params.Mask,
      gateway: params.Gateway,
      username: params.Username,
      password: sealedOrKept(device, purpose, { given: params.Password, kept: before?.password }, context),
      priority: params.Priority,
      weight: params.Weight,
      isp: params.ISP,
      bandwidth: params.Bandwidth,
    }
    const set = wanSettings(PortName, wanted, before)
    const problem = wanProblem(set, box.report)
    if (problem !== undefined) throw fail('InvalidParameter', problem)
    const [place, how] = placeOf(changed, now, 'wan')
    await boxes.set(place, 'wan', replaced(all, set), how)
    return {}
  },
})
