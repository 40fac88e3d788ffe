import { compareVersions } from '@opensag/rules'
import type { Device } from '../model/device.ts'
import { type Firmware, isNewerThan, upgradesFor } from '../model/firmware.ts'
import type { Instance } from '../model/instance.ts'
import type { JobKind, JobParams } from '../model/job.ts'
import type { Tags } from '../model/tags.ts'
import { isInNetwork, planNetwork } from './kinds/network.ts'
import { planPassword } from './kinds/password.ts'
import { isTagged, planTag, planUntag } from './kinds/tags.ts'

export interface ItemCall {
  readonly action: string
  readonly params: Readonly<Record<string, string>>
}

/** What proves that an item was done. */
export interface Expected {
  /** The devices it is done to, and the start of each before. */
  readonly devices: readonly { readonly serial: string; readonly start: number | undefined }[]
  /** Of an upgrade. */
  readonly version?: string | undefined
  /** Of a new password: the call that the journal of its gateway names. */
  readonly requestId?: string | undefined
  /** Of an instance that gets into a network. */
  readonly ccnId?: string | undefined
  /** Of tags that are given. */
  readonly tags?: Tags | undefined
  /** Of tags that are taken away. */
  readonly tagKeys?: readonly string[] | undefined
}

export interface PlannedItem {
  /** One after the other. */
  readonly calls: readonly ItemCall[]
  readonly expected: Expected
  /** Whether any device was connected. */
  readonly wasOnline: boolean
  /** It was so before. */
  readonly wasSo?: boolean | undefined
}

export interface Asked {
  readonly kind: JobKind
  /** Of an upgrade; undefined: the newest release for the gateway. */
  readonly version: string | undefined
  readonly params?: JobParams | undefined
  readonly regionId: string
  readonly instanceId: string
  /** Of an item that is one device. */
  readonly serial: string | undefined
}

/**
 * The calls that do it. Where there is nothing to do, or nobody to do it, there is a call all the same: its answer says so, in
 * words that a person would have been answered with.
 */
export function planItem(asked: Asked, instance: Instance | undefined, offered: readonly Firmware[]): PlannedItem {
  const named = { RegionId: asked.regionId, SmartAGId: asked.instanceId }
  const devices = instance?.devices ?? []
  const online = devices.filter(({ connected }) => connected)
  const wasOnline = online.length > 0
  switch (asked.kind) {
    case 'Restart':
      return {
        wasOnline,
        calls: [{ action: 'RebootSmartAccessGateway', params: named }],
        expected: expectedOf(online),
      }
    case 'Synchronize':
      return {
        wasOnline,
        // Of a pair whose standby is away, the other one is synchronised.
        calls: serialsOf(wasOnline ? online : devices).map((SmartAGSn) => ({
          action: 'SynchronizeSmartAGWebConfig',
          params: { ...named, SmartAGSn },
        })),
        expected: expectedOf(wasOnline ? online : devices),
      }
    case 'RotatePasswords':
      return planPassword(asked, devices)
    case 'Upgrade': {
      const version = asked.version ?? newestFor(online, offered)
      const older = online.filter((device) => isNewerThan(version, device.version))
      return {
        wasOnline,
        calls: [{ action: 'UpdateSmartAccessGatewayVersion', params: { ...named, VersionCode: version } }],
        expected: { ...expectedOf(older), version },
      }
    }
    case 'AddToNetwork':
      return { wasOnline, ...planNetwork(named, asked.params, instance) }
    case 'Tag':
      return { wasOnline, ...planTag(named, asked.params) }
    case 'Untag':
      return { wasOnline, ...planUntag(named, asked.params) }
  }
}

function expectedOf(devices: readonly Device[]): Expected {
  return { devices: devices.map(({ serial, startedAt }) => ({ serial, start: startedAt })) }
}

function serialsOf(devices: readonly Device[]): readonly string[] {
  return devices.length === 0 ? [''] : devices.map(({ serial }) => serial)
}

/** The one it has, where there is no newer release: the call is then answered that it is too old. */
function newestFor(online: readonly Device[], offered: readonly Firmware[]): string {
  const releases = offered.filter(({ type }) => type === 'release')
  const [device] = [...online].sort((one, other) => compareVersions(one.version, other.version) ?? 0)
  const [newest] = upgradesFor(
    device,
    releases.filter(({ model }) => device === undefined || model === device.model),
  )
  return newest?.version ?? device?.version ?? '0.0.0.0'
}

/** Whether the gateway says itself, by now, that it was done; of what the server alone decides, whether it is so. */
export function isProven(kind: JobKind, expected: Expected, instance: Instance): boolean {
  if (kind === 'AddToNetwork') return isInNetwork(expected, instance)
  if (kind === 'Tag' || kind === 'Untag') return isTagged(expected, instance)
  const { devices, version } = expected
  if (devices.length === 0) return false
  return devices.every(({ serial, start }) => {
    const device = instance.devices.find((one) => one.serial === serial)
    if (device === undefined || !device.connected) return false
    if (kind === 'Restart') return device.startedAt !== undefined && device.startedAt !== start
    if (kind === 'Upgrade') return version !== undefined && !isNewerThan(version, device.version)
    return device.synStatus === 'Synchronized'
  })
}
