import { ospfAuthentications, routeProtocols } from '@opensag/protocol'
import { ignored, integer, long, secret, text } from '../../../declare/index.ts'
import { hostAddress } from '../../../model/box.ts'
import { vlanTag } from '../../../model/leased-line.ts'
import { asNumber, routerNumber } from '../../../model/routing.ts'

// Without the codes that the older and the newer operations answer with.

export const routeProtocol = text()
  .oneOf(...routeProtocols)
  .example('OSPF')

export const globalProtocol = routeProtocol.about(
  'What ports speak with routers of the branch. `STATIC`: nothing.',
  '端口可运行的动态路由协议。`STATIC`：不运行。',
)

export const portProtocol = routeProtocol.about(
  '`STATIC`, the protocol of the device, or at a leased line `BGP`.',
  '`STATIC` 或设备的全局协议；专线口只能为 `BGP`。',
)

export const portName = text()
  .example('4')
  .about('As DescribeSagPortList lists it.', '端口名称，见 DescribeSagPortList。')

export const vlan = text()
  .readsAs(vlanTag)
  .example('0')
  .about('A VLAN of a leased line. Default: 0, the port itself.', '专线口的 VLAN。默认为 0，即端口本身。')

export const remoteIp = text()
  .readsAs(hostAddress)
  .example('10.1.0.254')
  .about('With `BGP`: the neighbour.', '仅用于 `BGP`：邻居地址。')

export const remoteAs = text()
  .readsAs(asNumber)
  .example('65010')
  .about('With `BGP`: its AS, 1–4294967295.', '仅用于 `BGP`：邻居的 AS 号，1～4294967295。')

export const routerId = text()
  .readsAs(routerNumber)
  .example('10.1.0.1')
  .about('The number of the device as a router, like an address.', '路由器 ID，IPv4 地址格式。')

export const areaId = integer()
  .range(1, 2_147_483_647)
  .example('86')
  .about('The area, an NSSA.', '区域 ID，区域类型为 NSSA。')

const ospfSeconds = integer().range(1, 65_535)

export const helloTime = ospfSeconds.example('3').about('Seconds between hellos.', 'Hello 报文间隔，单位为秒。')

export const deadTime = ospfSeconds
  .example('10')
  .about('Seconds without a hello after which a neighbour is gone.', '邻居失效时间，单位为秒。')

export const authenticationType = text()
  .oneOf(...ospfAuthentications)
  .example('MD5')
  .about('How neighbours prove themselves.', '邻居认证方式。')

export const md5KeyId = integer()
  .range(1, 2_147_483_647)
  .example('7')
  .about('With `MD5`; devices take up to 255. Default: as it is.', '仅用于 `MD5`，设备最大支持 255。默认不变。')

/** Without spaces, as routers take it (C). */
export const md5Key = secret(/^[!-~]{1,47}$/)
  .example('Branch2024')
  .about(
    'With `MD5`: 1–47 characters, of which OSPF takes 16. Default: as it is.',
    '仅用于 `MD5`：1～47 个字符，OSPF 使用前 16 个。默认不变。',
  )

export const clearPassword = secret(/^[A-Za-z0-9_-]{1,8}$/)
  .example('Branch24')
  .about(
    'With `CLEARTEXT`: 1–8 letters, digits, `-`, `_`. Default: as it is.',
    '仅用于 `CLEARTEXT`：1～8 个字母、数字、`-`、`_`。默认不变。',
  )

export const localAs = long()
  .readsAs(asNumber)
  .example('65000')
  .about('The AS of the device, 1–4294967295.', '设备的 AS 号，1～4294967295。')

export const keepAlive = integer()
  .range(0, 65_535)
  .example('3')
  .about(
    'Seconds between keepalives, up to `HoldTime`; 0: a third of it.',
    'Keepalive 间隔，单位为秒，不大于 `HoldTime`；0 表示其三分之一。',
  )

export const holdTime = integer()
  .range(3, 65_535)
  .example('9')
  .about('Seconds without a message after which a neighbour is gone.', '保持时间，单位为秒。')

const nothingFollows = ['Accepted, and nothing follows from it (D).', '接受但不生效。'] as const

export const withoutEffect = {
  InterfaceName: ignored('string').about(...nothingFollows),
  OspfNetworkType: ignored('string').about(...nothingFollows),
  OspfCost: ignored('integer').about(...nothingFollows),
  RedistributeProtocol: ignored('string').about(...nothingFollows),
  Networks: ignored('string').about(...nothingFollows),
} as const
