import { type Cidr, isAtLeast, printCidrs } from '@opensag/rules'
import { stringField } from '../../declare/index.ts'
import { endTime } from '../../model/activation.ts'
import { activeDevice, shownType, standbyDevice } from '../../model/binding.ts'
import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'
import { trafficMaster } from '../../model/pair.ts'
import { isTunnelUp, statusOf } from '../../model/status.ts'

/** The fields that show a column as it is stored. The list and the attribute call declare them in this order. */
export const storedFields = {
  Name: stringField,
  Description: stringField,
  City: stringField,
  Position: stringField,
  ResourceGroupId: stringField,
}

function shownAsStored(instance: Instance) {
  return {
    Name: instance.name,
    Description: instance.description,
    City: instance.city,
    Position: instance.position,
    ResourceGroupId: instance.resourceGroupId,
  } satisfies Record<keyof typeof storedFields, string | undefined>
}

/** What the list and the attribute call show alike. */
export interface ShownInstance extends Readonly<ReturnType<typeof shownAsStored>> {
  readonly SmartAGId: string
  readonly Status: string
  readonly CreateTime: number
  readonly EndTime: number | undefined
  readonly MaxBandwidth: string | undefined
  readonly UpBandwidthWan: number | undefined
  readonly UserCount: number | undefined
  readonly DataPlan: number | undefined
  readonly CidrBlock: string | undefined
  readonly RoutingStrategy: string
  readonly SecurityLockThreshold: number
  readonly EnableSoftwareConnectionAudit: boolean | undefined
  readonly SerialNumber: string | undefined
  readonly IpsecStatus: string | undefined
  readonly VpnStatus: string | undefined
}

export function shownInstance(instance: Instance, cidrs: readonly Cidr[], now: number): ShownInstance {
  const hasDevices = instance.kind !== 'app'
  const tunnel = hasDevices ? (isTunnelUp(instance, trafficMaster(instance)) ? 'up' : 'down') : undefined
  return {
    SmartAGId: instance.id,
    ...shownAsStored(instance),
    Status: statusOf(instance, now),
    CreateTime: instance.createdAt,
    EndTime: endTime(instance, now),
    MaxBandwidth: hasDevices ? `${instance.maxBandwidth} M` : undefined,
    // 0: the limit was taken away.
    UpBandwidthWan: instance.upBandwidthWan || undefined,
    UserCount: instance.userCount,
    DataPlan: instance.dataPlan,
    CidrBlock: cidrs.length === 0 ? undefined : printCidrs(cidrs),
    RoutingStrategy: instance.routingStrategy,
    SecurityLockThreshold: instance.securityLockThreshold,
    // Nothing else has remote users to record.
    EnableSoftwareConnectionAudit: instance.kind === 'app' ? instance.connectionAudit : undefined,
    SerialNumber: instance.devices.length === 0 ? undefined : instance.devices.map(({ serial }) => serial).join(','),
    IpsecStatus: tunnel,
    VpnStatus: tunnel,
  }
}

/** The network it is in. `names` has those of every network that is shown. */
export function shownCcn(
  { ccnId }: Pick<Instance, 'ccnId'>,
  names: ReadonlyMap<string, string | undefined>,
): { readonly AssociatedCcnId: string | undefined; readonly AssociatedCcnName: string | undefined } {
  return { AssociatedCcnId: ccnId, AssociatedCcnName: ccnId === undefined ? undefined : names.get(ccnId) }
}

/** The networks of these instances, each once. */
export function ccnIdsOf(instances: readonly Pick<Instance, 'ccnId'>[]): readonly string[] {
  return [...new Set(instances.map(({ ccnId }) => ccnId).filter((id) => id !== undefined))]
}

/** The field is a number on the wire; an account id that a number cannot hold is left out rather than shown wrong. */
export function shownUid(accountId: string): number | undefined {
  const uid = Number(accountId)
  return Number.isSafeInteger(uid) ? uid : undefined
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
