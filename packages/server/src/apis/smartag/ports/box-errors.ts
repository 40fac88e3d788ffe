import type { Texts } from '@opensag/rules'

type Row = readonly [status: number, en: string, zh: string]

const noSuchInstance = 'The specified SAG instance does not exist.'

/** What every query of a box may be refused with, in the order of evaluation; the order is not published (C). */
export const queryErrors = {
  'SAG.InstanceNoFound': [400, noSuchInstance, '智能网关实例不存在。'],
  'SAG.SoftwareNotSupport': [
    400,
    'The specified SAG software edition instance does not support ACL.',
    '智能接入网关软件版实例不支持ACL。',
  ],
  SmartAccessGatewayNotActivated: [
    500,
    'The specified Smart Access Gateway has not been activated.',
    '该智能接入网关尚未激活，请先激活该实例。',
  ],
  SmartAccessGatewayInArrears: [
    500,
    'The specified Smart Access Gateway has expired.',
    '该智能接入网关已经到期停服，请续费。',
  ],
  InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在。'],
  FeatureNotSupport: [
    403,
    'The current edition of the smart access gateway does not support this feature.',
    '智能接入网关当前版本不支持该功能特性。',
  ],
  FeatureNotSupportForActiveSmartAG: [
    403,
    'The current edition of the active smart access gateway does not support this feature.',
    '主智能接入网关的当前版本不支持该功能特性。',
  ],
  FeatureNotSupportForStandBySmartAG: [
    403,
    'The current edition of the standby smart access gateway does not support this feature.',
    '备智能接入网关的当前版本不支持该功能特性。',
  ],
  SmartAccessGatewayOffline: [
    500,
    'The request cannot be completed. The Smart Access Gateway is offline.',
    '智能接入网关离线，请求无法完成。',
  ],
  SmartAccessGatewayNotOnline: [
    403,
    'The specified smart access gateway is not online.',
    '该智能接入网关当前不是在线状态，无法完成操作。',
  ],
  ConfigUnsynchronized: [400, 'The network configuration is not synchronized.', '网络配置未同步'],
} as const

export const serviceWide: Texts = {
  en: 'The service-wide list has it; the table of this operation does not.',
  zh: '公共错误码列表中有该错误码，该操作的错误码表中没有。',
}
export const listedOnPage: Texts = {
  en: 'Its page lists it; the table for programs is empty.',
  zh: '文档页面列出了该错误码，供程序使用的错误码表为空。',
}
const siblings: Texts = {
  en: 'No table is published for this operation; this is the table of the other queries of a device.',
  zh: '该操作没有公开的错误码表，采用其他设备查询操作的错误码表。',
}

/** The same of a query without a table. */
export const unlistedQueryErrors = outsideTable(queryErrors, siblings)

/** What every change of a box may be refused with, beside the code for an instance that is not there and those of its own. */
const changes = {
  InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数'],
  'SAG.SoftwareNotSupport': queryErrors['SAG.SoftwareNotSupport'],
  'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在。'],
  FeatureNotSupport: queryErrors.FeatureNotSupport,
  FeatureNotSupportForActiveSmartAG: queryErrors.FeatureNotSupportForActiveSmartAG,
  FeatureNotSupportForStandBySmartAG: queryErrors.FeatureNotSupportForStandBySmartAG,
  SmartAccessGatewayNotOnline: queryErrors.SmartAccessGatewayNotOnline,
  ConfigSynchronizing: [
    400,
    'The network configuration is being synchronized. Try again later.',
    '配置正在同步中，请稍后再试。',
  ],
  ConfigUnsynchronized: queryErrors.ConfigUnsynchronized,
  ResourceInOperating: [
    400,
    'The specified resource is being used. Please try later.',
    '当前资源正在操作中，请求稍后重试。',
  ],
  ResourceConfiguring: [
    400,
    'The specified resource is being configured. Try again later.',
    '资源有配置正在下发，请配置完成后再试。',
  ],
} as const

export const changeErrors = outsideTable(changes, serviceWide)

export const unlistedInstance = outsideTable(
  { 'SAG.InstanceNoFound': queryErrors['SAG.InstanceNoFound'] } as const,
  serviceWide,
)

export const portErrors = {
  'Sag.PortNotExist': [400, 'The specified port does not exist.', '当前端口不存在。'],
  'Sag.PortRoleInvalid': [400, 'The port role is invalid.', '设备端口角色不正确。'],
} as const

export function outsideTable<const T extends Readonly<Record<string, Row>>>(
  table: T,
  reason: Texts,
): { readonly [K in keyof T]: readonly [...T[K], Texts] } {
  const rows = Object.entries(table).map(([code, row]) => [code, [...row, reason]])
  return Object.fromEntries(rows)
}

/** Of rows outside the table those that the part of it that was seen has after all. */
export function inTable<const T extends Readonly<Record<string, readonly [...Row, Texts]>>>(
  table: T,
  ...seen: readonly (keyof T & string)[]
): { readonly [K in keyof T]: Row | T[K] } {
  const rows = Object.entries(table).map(([code, [status, en, zh, reason]]) => [
    code,
    seen.includes(code) ? [status, en, zh] : [status, en, zh, reason],
  ])
  return Object.fromEntries(rows)
}
