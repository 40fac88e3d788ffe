/** Tags that mean something to the console and to the order of what is in trouble; every other means what people agree on. */
export const siteTags = { site: 'site', contact: 'contact', phone: 'phone', critical: 'critical' } as const

/** Marks what is to be looked at first: `critical`, unless its value says no. */
export function isCriticalTag(key: string, value: string): boolean {
  return key === siteTags.critical && !/^(no|false|0)$/i.test(value)
}
