import { compareVersions } from '@opensag/rules'
import type { Device, DeviceModel } from './device.ts'

/** Firmware the operator offers for a model. */
export interface Firmware {
  readonly model: DeviceModel
  /** Four-part version. */
  readonly version: string
  readonly name: string
  readonly type: 'release' | 'beta'
  readonly createdAt: number
}

/** What a device can be upgraded to, newest first; undefined, a device that is not there yet: everything. */
export function upgradesFor(
  device: Pick<Device, 'version'> | undefined,
  offered: readonly Firmware[],
): readonly Firmware[] {
  return offered
    .filter(({ version }) => device === undefined || isNewerThan(version, device.version))
    .sort((a, b) => compareVersions(b.version, a.version) ?? 0)
}

/** The firmware a version code means, however many of its four parts are written. */
export function firmwareOf(versionCode: string, offered: readonly Firmware[]): Firmware | undefined {
  return offered.find(({ version }) => compareVersions(version, versionCode) === 0)
}

export function isNewerThan(version: string, than: string): boolean {
  return (compareVersions(version, than) ?? 0) > 0
}
