import { portErrors } from '../ports/box-errors.ts'

export const vlanError = {
  'Sag.EccVlanNotExist': [400, 'The specified dedicated VLAN does not exist.', '当前设备的专线Vlan不存在。'],
} as const

/** Of where a static route is. */
export const placeErrors = { ...portErrors, ...vlanError } as const

export const noSuchRoute = [400, 'The specified static route does not exist.', '静态路由不存在。'] as const

export const onLaterPages = {
  en: 'Later pages of this operation have it.',
  zh: '见该操作较新的文档。',
} as const
