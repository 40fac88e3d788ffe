import type { Texts } from '../../declare/index.ts'

/** Families of our own operations that have a name of their own, in the order of the documentation. */
export const ownFamilies: Readonly<Record<string, Texts>> = {
  alerts: { en: 'Alerts', zh: '告警' },
  'security-keys': { en: 'Security keys', zh: '安全密钥' },
  'instance-tags': { en: 'Tags of instances', zh: '实例标签' },
}
