import type { Secret } from '@opensag/protocol'
import type { instanceColumns } from '../../columns/instance.ts'
import type { NewFactsOf, SettingsOf } from '../../columns/table.ts'
import type { Device, DeviceModel } from '../../model/device.ts'
import type { Firmware } from '../../model/firmware.ts'
import type { Instance } from '../../model/instance.ts'
import type { OrderStep } from '../../model/order.ts'
import type { Scope } from '../../model/scope.ts'
import type { MemberCount } from './member-counts.ts'
import type { FleetRow, OverviewFilter } from './overview.ts'

/** Which instances; every member that is given must hold. */
export interface InstanceFilter {
  readonly accountId?: string | undefined
  readonly regionId?: string | undefined
  /** One of these. */
  readonly ids?: readonly string[] | undefined
  /** What the caller may see. */
  readonly scope?: Scope | undefined
  readonly name?: string | undefined
  readonly resourceGroupId?: string | undefined
  readonly kinds?: readonly Instance['kind'][] | undefined
  readonly spec?: string | undefined
  /** The CCN it is in; null: it is in none. */
  readonly ccnId?: string | null | undefined
  /** It is in a CCN of this name. */
  readonly ccnName?: string | undefined
  /** A device with this serial number is bound to it. */
  readonly serial?: string | undefined
}

export interface Page {
  /** From 1. */
  readonly number: number
  readonly size: number
}

export interface Listing {
  /** How many match, on all pages together. */
  readonly total: number
  readonly instances: readonly Instance[]
}

export type NewInstance = NewFactsOf<typeof instanceColumns>

export interface NewDevice {
  readonly serial: string
  readonly model: DeviceModel
  readonly version: string
  readonly enrolmentKey: Secret
  readonly resettable: boolean
  readonly createdAt: number
}

/** `unknown`: there is no such instance; `notNow`: the state of its order or subscription does not allow it. */
export type StepOutcome = 'done' | 'unknown' | 'notNow'

export type ShipOutcome = StepOutcome | 'unknownSerial' | 'serialBound' | 'tooManySerials'

export interface DeviceEdit {
  readonly model?: DeviceModel | undefined
  readonly version?: string | undefined
  readonly resettable?: boolean | undefined
}

/** Settings of an instance that its owner changes; what is undefined stays as it is. */
export type InstanceSettings = SettingsOf<typeof instanceColumns>

/** Instances and devices as operations and the operator side find them. */
export interface FleetReader {
  /** An instance of this account in this region, with its devices. */
  instance(accountId: string, regionId: string, id: string): Promise<Instance | undefined>
  /** Whoever owns it: for the operator side. */
  instanceById(id: string): Promise<Instance | undefined>
  instanceByOrder(orderId: string): Promise<Instance | undefined>
  /**
   * Newest first. `keep` decides what no column holds, such as the derived status; with it every instance that passes
   * the filter is looked at: outside a unit of work in parts, between which others have their turn. Without a page: all
   * of them.
   */
  instances(filter: InstanceFilter, page?: Page, keep?: (instance: Instance) => boolean): Promise<Listing>
  /** The next instances by id, with their blocks: for lists of very many. */
  overview(filter: OverviewFilter, limit: number): Promise<readonly FleetRow[]>
  /** How many instances there are. */
  count(filter: Pick<OverviewFilter, 'accountId' | 'regionId' | 'scope'>): Promise<number>
  /** How many members each of these CCNs has; those without one are left out. */
  memberCounts(ccnIds: readonly string[]): Promise<ReadonlyMap<string, MemberCount>>
  device(serial: string): Promise<Device | undefined>
  /** The whole inventory, by serial number. */
  devices(): Promise<readonly Device[]>
  /** An administrator password of this device is being changed right now. */
  changeInProgress(serial: string): Promise<boolean>
  /** The owner granted this instance to a CCN of that account. */
  isGrantedTo(instanceId: string, accountId: string): Promise<boolean>
  /** The firmware on offer for a model. */
  firmware(model: DeviceModel): Promise<readonly Firmware[]>
  /** The key it joins with; on a vCPE this is the `SecretKey` its owner gets. */
  enrolmentKey(serial: string): Promise<Secret | undefined>
}

/** What changes instances and devices. Inside a read, every one of these is a defect. */
export interface FleetWriter {
  addInstance(instance: NewInstance): Promise<void>
  addDevice(device: NewDevice): Promise<void>
  editDevice(serial: string, edit: DeviceEdit): Promise<void>
  /** Forgets who it enrolled as, so that a gateway can enrol in its place with this key. */
  resetIdentity(serial: string, enrolmentKey: Secret): Promise<void>
  /**
   * The same while it may be connected: whatever holds its old identity counts as gone, and is cut off by the node that has its
   * connection.
   */
  renewIdentity(serial: string, enrolmentKey: Secret, at: number): Promise<void>
  /** A step of the order, at `at`: pays it, marks it arrived, and so on. Shipping is {@link FleetWriter.ship}. */
  advanceOrder(id: string, step: Exclude<OrderStep, 'ship'>, at: number): Promise<StepOutcome>
  /** Purchased hardware comes with its serial numbers bound. All or nothing. */
  ship(id: string, serials: readonly string[], at: number): Promise<ShipOutcome>
  /** @returns whether gateways hold some of it; it reaches them by `GatewayConfigs.refresh` */
  configure(id: string, settings: InstanceSettings): Promise<boolean>
  bind(serial: string, instanceId: string, role: 'active' | 'standby', at: number): Promise<void>
  /** When the active device goes, the standby takes over its role. */
  unbind(serial: string): Promise<void>
  /** Opens the offline lock of its devices, those that are away included. */
  unlock(instanceId: string, at: number): Promise<void>
  /** It is gone, with everything that was its own; its devices are in the inventory again. */
  deleteInstance(id: string): Promise<void>
  /** Adds months to the subscription and settles what is overdue. */
  renew(id: string, months: number, now: number): Promise<StepOutcome>
  /** Ends the subscription at `now`. */
  expire(id: string, now: number): Promise<StepOutcome>
  /** A bill is unpaid since then; undefined when it has been paid. */
  setOverdue(id: string, since: number | undefined): Promise<StepOutcome>
}

export interface Fleet extends FleetReader, FleetWriter {}
