import type { Secret } from '@opensag/protocol'
import { deviceColumns } from '../../columns/device.ts'
import { instanceColumns } from '../../columns/instance.ts'
import { changedColumns, changedSettings, newRow } from '../../columns/table.ts'
import { isActivated, renewedEnd } from '../../model/activation.ts'
import { bindingOrder, deviceLimit, roleOfNext } from '../../model/binding.ts'
import type { Device, DeviceModel } from '../../model/device.ts'
import type { Firmware } from '../../model/firmware.ts'
import type { Instance } from '../../model/instance.ts'
import { factsOfStep, type OrderStep, stateAfter } from '../../model/order.ts'
import type { Sealer } from '../../sealing/sealing.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import { findFirmware } from '../gateways/firmware.ts'
import { forgetUpgradePolicies } from '../gateways/upgrade-policies.ts'
import { removeServiceAddresses } from '../networks/service-addresses.ts'
import type { Reader, Writer } from '../store.ts'
import type {
  DeviceEdit,
  Fleet,
  InstanceFilter,
  InstanceSettings,
  Listing,
  NewDevice,
  NewInstance,
  Page,
  ShipOutcome,
  StepOutcome,
} from './fleet.ts'
import { cutOff, forgetIdentity } from './identities.ts'
import { isHeldByGateways, updateInstance } from './instance-update.ts'
import { openLocks, unlockAt } from './locks.ts'
import { findDevice, findInstance, hasUndecidedChange, instanceOfOrder, isGrantedTo, sealedKeyOf } from './lookups.ts'
import { countMembers, type MemberCount } from './member-counts.ts'
import { type FleetRow, listFleet, type OverviewFilter } from './overview.ts'
import { inUnit } from './parts.ts'
import { allDevices, countInstances, listInstances } from './queries.ts'
import type { InstanceRow } from './rows.ts'

/** What ties the sealed enrolment key to its row; whoever opens the column needs the same words. */
export function enrolmentKeyContext(serial: string): string {
  return `device/enrolment_key_sealed/${serial}`
}

/** It was bound or unbound: whatever it holds counts for nothing until it says so again. */
const noConfiguration = {
  applied_revision: 0,
  config_trial: 0,
  config_failing: 0,
  reverted_revision: null,
  reverted_reason: null,
} as const

/** The fleet in one unit of work. A class, as every request makes one. */
export class StoredFleet implements Fleet {
  readonly #db: Reader | Writer
  readonly #sealer: Sealer | undefined
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, sealer: Sealer | undefined, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#sealer = sealer
    this.#gatewayConfigs = gatewayConfigs
  }

  async instance(accountId: string, regionId: string, id: string): Promise<Instance | undefined> {
    const instance = await this.instanceById(id)
    return instance?.accountId === accountId && instance.regionId === regionId ? instance : undefined
  }

  instanceById(id: string): Promise<Instance | undefined> {
    return findInstance(this.#db, id)
  }

  instanceByOrder(orderId: string): Promise<Instance | undefined> {
    return instanceOfOrder(this.#db, orderId)
  }

  instances(filter: InstanceFilter, page?: Page, keep?: (instance: Instance) => boolean): Promise<Listing> {
    return listInstances(inUnit(this.#db), filter, page, keep)
  }

  overview(filter: OverviewFilter, limit: number): Promise<readonly FleetRow[]> {
    return listFleet(inUnit(this.#db), filter, limit)
  }

  count(filter: Pick<OverviewFilter, 'accountId' | 'regionId' | 'scope'>): Promise<number> {
    return countInstances(this.#db, filter)
  }

  memberCounts(ccnIds: readonly string[]): Promise<ReadonlyMap<string, MemberCount>> {
    return countMembers(inUnit(this.#db), ccnIds)
  }

  device(serial: string): Promise<Device | undefined> {
    return findDevice(this.#db, serial)
  }

  devices(): Promise<readonly Device[]> {
    return allDevices(this.#db)
  }

  changeInProgress(serial: string): Promise<boolean> {
    return hasUndecidedChange(this.#db, serial)
  }

  isGrantedTo(instanceId: string, accountId: string): Promise<boolean> {
    return isGrantedTo(this.#db, instanceId, accountId)
  }

  firmware(model: DeviceModel): Promise<readonly Firmware[]> {
    return findFirmware(this.#db, model)
  }

  async enrolmentKey(serial: string): Promise<Secret | undefined> {
    const sealed = await sealedKeyOf(this.#db, serial)
    return sealed === undefined ? undefined : this.#requireSealer().open(sealed, enrolmentKeyContext(serial))
  }

  async addInstance(instance: NewInstance): Promise<void> {
    await this.#writer().insertInto('instance').values(newRow(instanceColumns, instance)).execute()
  }

  async addDevice(device: NewDevice): Promise<void> {
    const { enrolmentKey, ...facts } = device
    const enrolmentKeySealed = this.#requireSealer().seal(enrolmentKey, enrolmentKeyContext(device.serial))
    await this.#writer()
      .insertInto('device')
      .values(newRow(deviceColumns, { ...facts, enrolmentKeySealed }))
      .execute()
  }

  async editDevice(serial: string, edit: DeviceEdit): Promise<void> {
    const columns = changedColumns(deviceColumns, edit)
    if (Object.keys(columns).length === 0) return
    await this.#writer().updateTable('device').set(columns).where('serial', '=', serial).execute()
  }

  async resetIdentity(serial: string, enrolmentKey: Secret): Promise<void> {
    const sealed = this.#requireSealer().seal(enrolmentKey, enrolmentKeyContext(serial))
    await forgetIdentity(this.#writer(), serial, sealed)
  }

  async renewIdentity(serial: string, enrolmentKey: Secret, at: number): Promise<void> {
    await this.resetIdentity(serial, enrolmentKey)
    await cutOff(this.#writer(), serial, at)
    this.#gatewayConfigs.changed.add(serial)
    // They end its tunnels, until it has an identity again.
    await this.#gatewayConfigs.tellPops()
  }

  async advanceOrder(id: string, step: Exclude<OrderStep, 'ship'>, at: number): Promise<StepOutcome> {
    const instance = await this.instanceById(id)
    return instance === undefined ? 'unknown' : this.#step(instance, step, at)
  }

  async ship(id: string, serials: readonly string[], at: number): Promise<ShipOutcome> {
    const instance = await this.instanceById(id)
    if (instance === undefined) return 'unknown'
    const bound = [...instance.devices]
    const coming = bindingOrder([...new Set(serials)])
    if (bound.length + coming.length > deviceLimit(instance.kind)) return 'tooManySerials'
    const devices: Device[] = []
    for (const serial of coming) {
      const device = await this.device(serial)
      if (device === undefined || device.model === 'pop') return 'unknownSerial'
      if (device.instanceId !== undefined) return 'serialBound'
      devices.push(device)
    }
    const outcome = await this.#step(instance, 'ship', at)
    if (outcome !== 'done') return outcome
    for (const device of devices) {
      const role = roleOfNext(bound)
      await this.bind(device.serial, id, role, at)
      bound.push({ ...device, role })
    }
    return 'done'
  }

  async configure(id: string, settings: InstanceSettings): Promise<boolean> {
    const columns = changedSettings(instanceColumns, settings)
    if (Object.keys(columns).length > 0) await this.#change(id, columns)
    if (settings.securityLockThreshold === 0) await this.#openLocks(id)
    return isHeldByGateways(columns)
  }

  async bind(serial: string, instanceId: string, role: 'active' | 'standby', at: number): Promise<void> {
    await this.#writer()
      .updateTable('device')
      .set((row) => ({
        instance_id: instanceId,
        role,
        bound_at: at,
        ...noConfiguration,
        // Until now it was not this instance's lock that it could have stayed away too long for.
        unlocked_at: row
          .case()
          .when('node', 'is', null)
          .then(row.cast<number>(row.val(at), 'bigint'))
          .else(null)
          .end(),
      }))
      .where('serial', '=', serial)
      .execute()
    await this.#gatewayConfigs.rebound(serial, instanceId)
  }

  async unbind(serial: string): Promise<void> {
    const device = await this.device(serial)
    if (device?.instanceId === undefined) return
    const tx = this.#writer()
    await tx
      .updateTable('device')
      .set({
        instance_id: null,
        role: null,
        bound_at: null,
        ...noConfiguration,
        // The lock was the instance's.
        unlocked_at: null,
        locked_since: null,
      })
      .where('serial', '=', serial)
      .execute()
    await removeServiceAddresses(tx, device.instanceId, { serial })
    await forgetUpgradePolicies(tx, serial)
    await this.#gatewayConfigs.rebound(serial, device.instanceId)
    if (device.role !== 'active') return
    await tx.updateTable('device').set({ role: 'active' }).where('instance_id', '=', device.instanceId).execute()
  }

  async unlock(instanceId: string, at: number): Promise<void> {
    await unlockAt(this.#writer(), instanceId, at)
    await this.#openLocks(instanceId)
  }

  async deleteInstance(id: string): Promise<void> {
    const instance = await this.instanceById(id)
    for (const { serial } of instance?.devices ?? []) await this.unbind(serial)
    await this.#writer().deleteFrom('instance').where('id', '=', id).execute()
  }

  async renew(id: string, months: number, now: number): Promise<StepOutcome> {
    const instance = await this.instanceById(id)
    if (instance === undefined) return 'unknown'
    const endsAt = renewedEnd(instance, months, now)
    const hasBegun = endsAt !== undefined || instance.perpetual
    return this.#changeService(id, {
      overdue_since: null,
      ...(hasBegun ? { ends_at: endsAt ?? null } : { period_months: instance.periodMonths + months }),
    })
  }

  async expire(id: string, now: number): Promise<StepOutcome> {
    const instance = await this.instanceById(id)
    if (instance === undefined) return 'unknown'
    // What has not begun cannot end.
    return isActivated(instance, now) ? this.#changeService(id, { ends_at: now }) : 'notNow'
  }

  async setOverdue(id: string, since: number | undefined): Promise<StepOutcome> {
    const instance = await this.instanceById(id)
    return instance === undefined ? 'unknown' : this.#changeService(id, { overdue_since: since ?? null })
  }

  async #openLocks(instanceId: string): Promise<void> {
    for (const serial of await openLocks(this.#writer(), instanceId)) this.#gatewayConfigs.changed.add(serial)
  }

  async #step(instance: Instance, step: OrderStep, at: number): Promise<StepOutcome> {
    if (stateAfter(instance, step, at) === undefined) return 'notNow'
    return this.#changeService(instance.id, changedColumns(instanceColumns, factsOfStep(instance, step, at)))
  }

  /** What begins or ends its service begins or ends its network. */
  async #changeService(id: string, columns: Partial<InstanceRow>): Promise<'done'> {
    await this.#change(id, columns)
    await this.#gatewayConfigs.refreshNetwork(id)
    return 'done'
  }

  async #change(id: string, columns: Partial<InstanceRow>): Promise<'done'> {
    await updateInstance(this.#writer(), columns, { rowId: id })
    return 'done'
  }

  #writer(): Writer {
    if ('insertInto' in this.#db) return this.#db
    throw new Error('The fleet cannot be changed inside a read.')
  }

  #requireSealer(): Sealer {
    if (this.#sealer === undefined) throw new Error('This fleet was opened without the key that seals device keys.')
    return this.#sealer
  }
}
