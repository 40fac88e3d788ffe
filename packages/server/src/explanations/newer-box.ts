import type { Explanations } from './explanation.ts'
import { notSent, wrongFormat } from './wording.ts'

const router = { en: 'like an address, and not `0.0.0.0`', zh: '合法的路由器 ID（IPv4 地址格式，不能为 `0.0.0.0`）' }
const as = { en: 'a number of an AS: 1–4294967295', zh: '合法的 AS 号（1～4294967295）' }
const seconds = { en: 'a whole number of seconds from 1 to 65535', zh: ' 1～65535 的整数（秒）' }
const protocols = ['`STATIC`, `OSPF` or `BGP`', '取值为 `STATIC`、`OSPF` 或 `BGP`'] as const
const ospf = ['it is shown by ViewSmartAccessGatewayOspfRoute', '可通过 ViewSmartAccessGatewayOspfRoute 查询'] as const
const bgp = ['it is shown by ViewSmartAccessGatewayBgpRoute', '可通过 ViewSmartAccessGatewayBgpRoute 查询'] as const

/** Of parameters that the operations on boxes of the SCG5000 family have: a part of `invalid-parameter.ts`. */
export const newerInvalid = {
  'InvalidParameter.AreaId': wrongFormat('AreaId', {
    en: 'a whole number from 1 to 2147483647',
    zh: ' 1～2147483647 的整数',
  }),
  'InvalidParameter.AuthenticationType': wrongFormat('AuthenticationType', {
    en: '`NONE`, `CLEARTEXT` or `MD5`',
    zh: ' `NONE`、`CLEARTEXT` 或 `MD5`',
  }),
  'InvalidParameter.DeadTime': wrongFormat('DeadTime', seconds),
  'InvalidParameter.HelloTime': wrongFormat('HelloTime', seconds),
  'InvalidParameter.HoldTime': wrongFormat('HoldTime', {
    en: 'a whole number of seconds from 3 to 65535',
    zh: ' 3～65535 的整数（秒）',
  }),
  'InvalidParameter.KeepAlive': {
    en: ['`KeepAlive` is no whole number from 0 to 65535, or above `HoldTime`.', 'Correct it; a third is usual.'],
    zh: ['`KeepAlive` 不是 0～65535 的整数，或大于 `HoldTime`。', '修正取值，通常为其三分之一。'],
  },
  'InvalidParameter.LocalAs': wrongFormat('LocalAs', as),
  'InvalidParameter.Md5Key': {
    en: [
      '`Md5Key` is not 1–47 characters without spaces, or was left out while the device has none.',
      'Send the key that the neighbours have.',
    ],
    zh: ['`Md5Key` 不是 1～47 个不含空格的字符，或未传入且设备尚无密钥。', '传入与邻居一致的密钥。'],
  },
  'InvalidParameter.Md5KeyId': {
    en: [
      '`Md5KeyId` is no whole number from 1 on, or was left out while the device has none.',
      'Send that of the neighbours.',
    ],
    zh: ['`Md5KeyId` 不是大于等于 1 的整数，或未传入且设备尚无密钥 ID。', '传入与邻居一致的密钥 ID。'],
  },
  'InvalidParameter.PortName': {
    en: [
      'The device has no such port, or that leads nowhere, or `Vlan` is none of it.',
      'ViewSmartAccessGatewayPortRouteProtocol lists them.',
    ],
    zh: [
      '设备没有该端口，或该端口不可路由，或没有该 `Vlan`。',
      '可通过 ViewSmartAccessGatewayPortRouteProtocol 查询。',
    ],
  },
  'InvalidParameter.RemoteAs': {
    en: ['`RemoteAs` is no number of an AS (1–4294967295), or was not sent with `BGP`.', 'Send that of the neighbour.'],
    zh: ['`RemoteAs` 不是合法的 AS 号（1～4294967295），或协议为 `BGP` 时未传。', '传入邻居的 AS 号。'],
  },
  'InvalidParameter.RemoteIp': {
    en: ['`RemoteIp` is no address of a host, or was not sent with `BGP`.', 'Send that of the neighbour.'],
    zh: ['`RemoteIp` 不是合法的主机地址，或协议为 `BGP` 时未传。', '传入邻居的地址。'],
  },
  'InvalidParameter.RouteProtocol': {
    en: [
      '`RouteProtocol` is none of `STATIC`, `OSPF` and `BGP`, or of a port it is not that of the device.',
      'Set that with UpdateSmartAccessGatewayGlobalRouteProtocol first.',
    ],
    zh: [
      '`RouteProtocol` 不是 `STATIC`、`OSPF` 或 `BGP`，或端口的协议与设备的全局协议不一致。',
      '先用 UpdateSmartAccessGatewayGlobalRouteProtocol 设置全局协议。',
    ],
  },
  'InvalidParameter.RouterId': wrongFormat('RouterId', router),
  'InvalidParameter.Snat': {
    en: ['`Snat` is neither `1` nor `0`.', 'Correct it.'],
    zh: ['`Snat` 不是 `1` 或 `0`。', '修正取值。'],
  },
  'InvalidParameter.Vlan': wrongFormat('Vlan', { en: 'a whole number from 0 to 4094', zh: ' 0～4094 的整数' }),
} as const satisfies Explanations<'InvalidParameter.'>

/** The same of `miss-parameter.ts`. */
export const newerMissing = {
  'MissParameter.AreaId': notSent('AreaId', ...ospf),
  'MissParameter.AuthenticationType': notSent('AuthenticationType', '`NONE` is without', '`NONE` 表示不认证'),
  'MissParameter.DeadTime': notSent('DeadTime', ...ospf),
  'MissParameter.HelloTime': notSent('HelloTime', ...ospf),
  'MissParameter.HoldTime': notSent('HoldTime', ...bgp),
  'MissParameter.KeepAlive': notSent('KeepAlive', '0 is a third of `HoldTime`', '0 表示 `HoldTime` 的三分之一'),
  'MissParameter.LocalAs': notSent('LocalAs', ...bgp),
  'MissParameter.PortName': notSent(
    'PortName',
    'ViewSmartAccessGatewayPortRouteProtocol lists them',
    '可通过 ViewSmartAccessGatewayPortRouteProtocol 查询',
  ),
  'MissParameter.RouteProtocol': notSent('RouteProtocol', ...protocols),
  'MissParameter.RouterId': notSent('RouterId', 'an address of the device is usual', '通常为设备的某个地址'),
  'MissParameter.RouteType': notSent('RouteProtocol', ...protocols),
  'MissParameter.Snat': notSent('Snat', '`1` is on, `0` is off', '`1` 表示开启，`0` 表示关闭'),
} as const satisfies Explanations<'MissParameter.'>

const clearPassword = {
  en: [
    'A password of OSPF has 1–8 letters, digits, `-`, `_`, or was left out while the device has none.',
    'Send that of the neighbours.',
  ],
  zh: ['OSPF 密码为 1～8 个字母、数字、`-`、`_`；未传入且设备尚无密码时也会报错。', '传入与邻居一致的密码。'],
} as const

/** What `InvalidParameter.Password` means elsewhere. */
export const ofPassword = { UpdateSmartAccessGatewayOspfRoute: clearPassword }

const oneOfThree = {
  en: ['`RouteProtocol` is none of `STATIC`, `OSPF` and `BGP`.', 'Correct it.'],
  zh: ['`RouteProtocol` 不是 `STATIC`、`OSPF` 或 `BGP`。', '修正取值。'],
} as const

/** What `InvalidParameter` means in the older operations on routing. */
export const ofRouting = {
  ModifySagGlobalRouteProtocol: oneOfThree,
  ModifySagPortRouteProtocol: {
    en: [
      'A value is none that it can have, or `BGP` was sent without `RemoteIp` and `RemoteAs`.',
      'Send both of the neighbour with `BGP`; VLANs are 0–4094.',
    ],
    zh: [
      '参数取值不合法，或协议为 `BGP` 时未传 `RemoteIp` 和 `RemoteAs`。',
      '协议为 `BGP` 时传入邻居的地址和 AS 号；VLAN 为 0～4094。',
    ],
  },
  ModifySagRouteProtocolBgp: {
    en: ['A value is out of its range, or `KeepAlive` is above `HoldTime`.', 'Correct it; a third is usual.'],
    zh: ['参数超出范围，或 `KeepAlive` 大于 `HoldTime`。', '修正取值，通常为其三分之一。'],
  },
  ModifySagRouteProtocolOspf: {
    en: [
      'A value is out of its range, or the authentication lacks a key or a password, of which the device has none yet.',
      'Send `Md5KeyId` and `Md5Key` with `MD5`, `Password` with `CLEARTEXT`.',
    ],
    zh: [
      '参数超出范围，或缺少所选认证方式的密钥或密码且设备尚未保存。',
      '`MD5` 传入 `Md5KeyId` 和 `Md5Key`，`CLEARTEXT` 传入 `Password`。',
    ],
  },
} as const
