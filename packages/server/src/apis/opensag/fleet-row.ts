import { integerField, longField, type ResultOf, stringField } from '../../declare/index.ts'
import { endTime } from '../../model/activation.ts'
import { isDefaultPassword, isOldPassword } from '../../model/admin-password-state.ts'
import type { Device } from '../../model/device.ts'
import { businessStateOf, statusOf } from '../../model/status.ts'
import type { FleetRow } from '../../store/fleet/overview.ts'
import { hardwareVersion, softwareVersions } from '../smartag/instance-view.ts'
import { shownTags, tagFields } from './instance-tags/tag-params.ts'

/** An instance as `ListFleet` shows it. */
export const shownRowFields = {
  SmartAGId: stringField,
  RegionId: stringField,
  Name: stringField,
  InstanceType: stringField,
  HardwareVersion: stringField,
  Status: stringField,
  BusinessState: stringField,
  SerialNumber: stringField,
  DeviceCount: integerField,
  OnlineCount: integerField,
  LockedCount: integerField,
  DefaultPasswordCount: integerField,
  OldPasswordCount: integerField,
  SynStatus: stringField,
  SoftwareVersion: stringField,
  CidrBlock: stringField,
  Position: stringField,
  Tags: tagFields,
  AssociatedCcnId: stringField,
  UserCount: integerField,
  CreateTime: longField,
  EndTime: longField,
}

export type ShownRow = ResultOf<typeof shownRowFields> & { readonly SmartAGId: string }

interface Clocks {
  readonly now: number
  /** The wall clock: passwords have their age by it. */
  readonly at: number
  readonly maxAgeMs: number | undefined
}

/** It follows from the store and the two clocks only, so every node shows the same. */
export function shownRow({ instance, cidrs }: FleetRow, { now, at, maxAgeMs }: Clocks): ShownRow {
  const { devices } = instance
  return {
    SmartAGId: instance.id,
    RegionId: instance.regionId,
    Name: instance.name,
    InstanceType: instance.kind,
    HardwareVersion: hardwareVersion(instance),
    Status: statusOf(instance, now),
    BusinessState: businessStateOf(instance, now),
    SerialNumber: devices.length === 0 ? undefined : devices.map(({ serial }) => serial).join(','),
    DeviceCount: devices.length,
    OnlineCount: devices.filter(({ connected }) => connected).length,
    LockedCount: devices.filter(({ lockedSince }) => lockedSince !== undefined).length,
    DefaultPasswordCount: devices.filter(isDefaultPassword).length,
    OldPasswordCount:
      maxAgeMs === undefined
        ? undefined
        : devices.filter((device) => isOldPassword(device, { now: at, maxAgeMs })).length,
    SynStatus: worstSynStatus(devices),
    SoftwareVersion: softwareVersions(instance).SoftwareVersion,
    CidrBlock: cidrs.length === 0 ? undefined : cidrs.join(','),
    Position: instance.position,
    Tags: shownTags(instance.tags),
    AssociatedCcnId: instance.ccnId,
    UserCount: instance.userCount,
    CreateTime: instance.createdAt,
    EndTime: endTime(instance, now),
  }
}

/** One device that differs makes the instance differ. */
function worstSynStatus(devices: readonly Device[]): Device['synStatus'] | undefined {
  const states = devices.map(({ synStatus }) => synStatus)
  return (['Unsynchronized', 'Synchronizing', 'Synchronized'] as const).find((state) => states.includes(state))
}
