import type { Texts } from '../declare/index.ts'

/** The folders of operations, in the order of the documentation. */
export const families: Readonly<Record<string, Texts>> = {
  misc: { en: 'Regions', zh: '地域' },
  instances: { en: 'Instances and devices', zh: '实例与设备' },
  'device-access': { en: 'Access to devices', zh: '设备访问' },
}
