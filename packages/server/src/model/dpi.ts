import { isAtLeast, recognisedBy } from '@opensag/rules'
import type { Device } from './device.ts'
import { isProgramTooOld } from './device-features.ts'
import { type FeatureLack, featureLack } from './feature-lack.ts'
import type { FiveTuple } from './five-tuple.ts'
import type { Instance } from './instance.ts'

/** Why a device recognises no applications, as ListDpiConfigError calls it; undefined: it does. */
export function recognitionLack(device: Device): 'DeviceNotSupported' | 'VersionNotSupported' | undefined {
  // Of one that was never here nothing is known.
  if (device.sealKey === undefined) return undefined
  if (isProgramTooOld(device, 'dpi')) return 'VersionNotSupported'
  if (device.dpiEngine === undefined) return 'DeviceNotSupported'
  return isAtLeast(device.dpiEngine, recognisedBy.version) ? undefined : 'VersionNotSupported'
}

/** Why applications of an instance cannot be recognised; undefined: they can, or it has no device yet. */
export function inspectionLack(instance: Pick<Instance, 'kind' | 'devices'>): FeatureLack | undefined {
  if (instance.kind === 'app') return 'FeatureNotSupport'
  return featureLack(instance, (device) => recognitionLack(device) === undefined)
}

export function isMonitored({ dpiProject, dpiLogstore }: Pick<Instance, 'dpiProject' | 'dpiLogstore'>): boolean {
  return dpiProject !== undefined && dpiLogstore !== undefined
}

/** What a project of the log service can be called (D of that service). */
export function isProjectName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)
}

/** What a store of one can be called (D of that service). */
export function isLogstoreName(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/.test(name)
}

/** What keeps a gateway of an instance from telling connections by their applications; undefined: nothing. */
export function applicationLack(
  { dpiEnabled }: Pick<Instance, 'dpiEnabled'>,
  device: Device,
): 'DeviceNotSupported' | 'VersionNotSupported' | 'NotEnable' | undefined {
  return recognitionLack(device) ?? (dpiEnabled === true ? undefined : 'NotEnable')
}

/** A gateway of the instance does not match what these rules are for. */
export function failsToRecognise(
  instance: Pick<Instance, 'devices' | 'dpiEnabled'>,
  rules: readonly Pick<FiveTuple, 'applications'>[],
): boolean {
  if (rules.every(({ applications }) => applications === undefined)) return false
  return instance.dpiEnabled !== true || instance.devices.some((device) => recognitionLack(device) !== undefined)
}
