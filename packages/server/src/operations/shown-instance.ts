import { endTime } from '../model/activation.ts'
import { activeDevice, shownType, standbyDevice } from '../model/binding.ts'
import type { Device } from '../model/device.ts'
import type { Instance } from '../model/instance.ts'
import { statusOf } from '../model/status.ts'
import { isAtLeast } from '../model/version.ts'

/** What the list and the attribute call show alike. */
export interface ShownInstance {
  readonly SmartAGId: string
  readonly Name: string | undefined
  readonly Description: string | undefined
  readonly City: string | undefined
  readonly Position: string | undefined
  readonly ResourceGroupId: string | undefined
  readonly Status: string
  readonly CreateTime: number
  readonly EndTime: number | undefined
  readonly MaxBandwidth: string | undefined
  readonly RoutingStrategy: string
  readonly SecurityLockThreshold: number
  readonly SerialNumber: string | undefined
  readonly IpsecStatus: string | undefined
  readonly VpnStatus: string | undefined
}

export function shownInstance(instance: Instance, now: number): ShownInstance {
  const hasDevices = instance.kind !== 'app'
  // Tunnels need a cloud connect network; an instance in none has none up (D).
  const tunnel = hasDevices ? 'down' : undefined
  return {
    SmartAGId: instance.id,
    Name: instance.name,
    Description: instance.description,
    City: instance.city,
    Position: instance.position,
    ResourceGroupId: instance.resourceGroupId,
    Status: statusOf(instance, now),
    CreateTime: instance.createdAt,
    EndTime: endTime(instance, now),
    MaxBandwidth: hasDevices ? `${instance.maxBandwidth} M` : undefined,
    RoutingStrategy: instance.routingStrategy,
    SecurityLockThreshold: instance.securityLockThreshold,
    SerialNumber: instance.devices.length === 0 ? undefined : instance.devices.map(({ serial }) => serial).join(','),
    IpsecStatus: tunnel,
    VpnStatus: tunnel,
  }
}

/** The image of a vCPE says its version when it first connects; until then there is none to show. */
export const unknownVersion = '0.0.0.0'

export function shownVersion(device: Pick<Device, 'version'> | undefined): string | undefined {
  return device !== undefined && isAtLeast(device.version, '0.0.0.1') ? device.version : undefined
}

/** The model the list shows in `HardwareVersion`; a remote-access service has no hardware. */
export function hardwareVersion(instance: Instance): string | undefined {
  return instance.kind === 'app' ? undefined : shownType(instance)
}

export function softwareVersions(instance: Instance): {
  readonly SoftwareVersion: string | undefined
  readonly BackupSoftwareVersion: string | undefined
} {
  return {
    SoftwareVersion: shownVersion(activeDevice(instance)),
    BackupSoftwareVersion: shownVersion(standbyDevice(instance)),
  }
}
