import type { Texts } from '../../declare/index.ts'
import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'

/** Why operations that restart devices answer codes their own tables do not list. */
export const noCodeOfItsOwn: Texts = {
  en: 'The table lists no code for this; it is one that the whole service answers.',
  zh: '该表没有此情况的错误码，采用服务通用的错误码。',
}

/**
 * The devices a restart is for: the named one, or all of the instance; those of them that are online. The standby comes
 * first: if it fails, the active one is still untouched.
 */
export function toRestart(instance: Instance, serialNumber: string | undefined): readonly Device[] | 'unknown' {
  const meant = instance.devices.filter(({ serial }) => serialNumber === undefined || serial === serialNumber)
  if (meant.length === 0 && serialNumber !== undefined) return 'unknown'
  return meant.filter(({ connected }) => connected).reverse()
}
