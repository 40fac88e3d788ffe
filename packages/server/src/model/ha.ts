import { compareVersions, isAtLeast } from '@opensag/rules'
import { activeDevice, standbyDevice } from './binding.ts'
import type { Instance } from './instance.ts'

export interface DeviceBackup {
  /** Two devices are bound. */
  readonly isOn: boolean
  readonly type: Instance['haType']
}

/** From this version on a pair of SAG-100WM can switch by itself (D). */
const warmSince = '1.8.0'

/**
 * How the devices of an instance back one another. A pair of SAG-1000 or vCPE always switches by itself; one of SAG-100WM
 * is cold, unless warm was ordered and both run the same version that can (D). One device alone has the ordered type.
 */
export function deviceBackup(instance: Pick<Instance, 'spec' | 'haType' | 'devices'>): DeviceBackup {
  const [active, standby] = [activeDevice(instance), standbyDevice(instance)]
  if (active === undefined || standby === undefined) return { isOn: false, type: instance.haType }
  if (instance.spec !== 'sag-100wm') return { isOn: true, type: 'warm_backup' }
  const isWarm =
    instance.haType === 'warm_backup' &&
    isAtLeast(active.version, warmSince) &&
    compareVersions(active.version, standby.version) === 0
  return { isOn: true, type: isWarm ? 'warm_backup' : 'cold_backup' }
}
