// Support for the tests of operations: puts instances and devices straight into the store, in whatever state.
import { Secret } from '@opensag/protocol'
import { expect } from 'vitest'
import { deviceColumns } from '../../columns/device.ts'
import { changedColumns } from '../../columns/table.ts'
import { roleOfNext } from '../../model/binding.ts'
import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'
import type { OrderState } from '../../model/order.ts'
import type { Fleet, NewDevice, NewInstance } from '../../store/fleet/fleet.ts'
import type { Store } from '../../store/store.ts'
import type { Ids } from '../context.ts'
import { accountId, regionId } from './names.suite.ts'

export interface Stock {
  addInstance(instance?: Partial<NewInstance> & { readonly state?: OrderState }): Promise<string>
  addDevice(instanceId?: string, device?: Partial<NewDevice> & DeviceState): Promise<string>
  setDevice(serial: string, state: DeviceState): Promise<void>
  /** The connected devices of the instance have applied the newest configuration. */
  applyConfig(instanceId: string): Promise<void>
}

export interface DeviceState {
  readonly connected?: boolean
  readonly synStatus?: Device['synStatus']
  readonly version?: string
  readonly startedAt?: number
  readonly lastSeenAt?: number
  readonly serviceIp?: string
  readonly sealKey?: string
  readonly capabilities?: string
  readonly dpiEngine?: string | undefined
  readonly passwordSet?: boolean
  readonly passwordChangedAt?: number
  readonly box?: string
  readonly boxReport?: string
  readonly boxReportedAt?: number
  readonly configOnTrial?: boolean
  readonly restartingSince?: number
  readonly lockedSince?: number
  readonly connectedAt?: number
  readonly heardAt?: number
}

export interface StockRoom {
  readonly store: Store
  readonly fleet: Fleet
  readonly ids: Ids
  readonly now: () => number
}

export function createStock({ store, fleet, ids, now }: StockRoom): Stock {
  let serials = 0

  async function addInstance({
    state = 'activated',
    ...given
  }: Partial<NewInstance> & { readonly state?: OrderState } = {}): Promise<string> {
    const kind = given.kind ?? 'hardware'
    const id = given.id ?? ids.instance()
    await fleet.addInstance({
      id,
      accountId,
      regionId,
      kind,
      spec: defaultSpec[kind],
      haType: 'warm_backup',
      maxBandwidth: 50,
      orderId: ids.order(),
      alreadyHaveSag: false,
      periodMonths: 12,
      createdAt: now(),
      ...given,
    })
    for (const step of stepsTo[kind === 'hardware' ? state : state === 'unpaid' ? 'unpaid' : 'ordered']) {
      const outcome = step === 'ship' ? fleet.ship(id, [], now()) : fleet.advanceOrder(id, step, now())
      expect(await outcome).toBe('done')
    }
    return id
  }

  async function addDevice(instanceId?: string, given: Partial<NewDevice> & DeviceState = {}): Promise<string> {
    serials += 1
    const serial = given.serial ?? `sag${String(serials).padStart(8, '0')}`
    await fleet.addDevice({
      serial,
      model: 'sag-1000',
      version: '2.3.1.1',
      enrolmentKey: Secret.of('enrolment-key'),
      resettable: true,
      createdAt: now(),
      ...given,
    })
    if (instanceId !== undefined) {
      const devices = (await fleet.instanceById(instanceId))?.devices ?? []
      await fleet.bind(serial, instanceId, roleOfNext(devices), now())
    }
    await setDevice(serial, { connected: true, capabilities: 'config-trial', ...given })
    if (instanceId !== undefined) await applyConfig(instanceId)
    return serial
  }

  async function setDevice(serial: string, { connected, ...given }: DeviceState): Promise<void> {
    await store.write(async (tx) => {
      await tx
        .updateTable('device')
        .set({
          ...(connected === undefined ? {} : { node: connected ? 'node-1' : null }),
          ...changedColumns(deviceColumns, given),
          serial,
        })
        .where('serial', '=', serial)
        .execute()
    })
  }

  async function applyConfig(instanceId: string): Promise<void> {
    const instance = await fleet.instanceById(instanceId)
    await store.write(async (tx) => {
      await tx
        .updateTable('device')
        .set({ applied_revision: instance?.configRevision ?? 0 })
        .where('instance_id', '=', instanceId)
        .where('node', 'is not', null)
        .execute()
    })
  }

  return { addInstance, addDevice, setDevice, applyConfig }
}

const defaultSpec: Readonly<Record<Instance['kind'], Instance['spec']>> = {
  hardware: 'sag-1000',
  vcpe: 'sag-vcpe',
  app: 'sag-software',
}

const stepsTo = {
  unpaid: [],
  ordered: ['pay'],
  delivered: ['pay', 'ship'],
  received: ['pay', 'ship', 'arrive'],
  activated: ['pay', 'ship', 'arrive', 'activate'],
  returning: ['pay', 'ship', 'return'],
} as const satisfies Readonly<Record<OrderState, readonly string[]>>
