import { activeDevice, standbyDevice } from './binding.ts'
import type { Device } from './device.ts'
import type { Instance } from './instance.ts'

export type FeatureLack =
  | 'FeatureNotSupport'
  | 'FeatureNotSupportForActiveSmartAG'
  | 'FeatureNotSupportForStandBySmartAG'

/** The code that says which device of an instance cannot do something; undefined: all can, or there is none yet. */
export function featureLack(
  instance: Pick<Instance, 'devices'>,
  can: (device: Device) => boolean,
): FeatureLack | undefined {
  if (instance.devices.every(can)) return undefined
  if (instance.devices.length < 2) return 'FeatureNotSupport'
  const [active, standby] = [activeDevice(instance), standbyDevice(instance)]
  if (active !== undefined && !can(active)) return 'FeatureNotSupportForActiveSmartAG'
  return standby !== undefined && !can(standby) ? 'FeatureNotSupportForStandBySmartAG' : undefined
}
