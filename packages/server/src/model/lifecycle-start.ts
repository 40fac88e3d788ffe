import { deviceColumns } from '../columns/device.ts'
import { instanceColumns } from '../columns/instance.ts'
import { initialFacts } from '../columns/table.ts'
import type { Device } from './device.ts'
import type { Instance } from './instance.ts'

/** Where a lifecycle starts: ordered at 0, nothing else has happened. */
export function blankInstance(facts: Partial<Instance>): Instance {
  return {
    ...initialFacts(instanceColumns),
    id: 'sag-1',
    accountId: '1',
    regionId: 'cn-shanghai',
    kind: 'hardware',
    spec: 'sag-1000',
    haType: 'no_backup',
    maxBandwidth: 10,
    orderId: '1',
    alreadyHaveSag: false,
    periodMonths: 1,
    createdAt: 0,
    devices: [],
    ...facts,
  }
}

/** The active device of an instance, switched off. */
export function blankDevice(facts: Partial<Device>): Device {
  return {
    ...initialFacts(deviceColumns),
    serial: 'sag1',
    model: 'sag-1000',
    version: '2.3.1.1',
    instanceId: 'sag-1',
    role: 'active',
    connected: false,
    boundAt: 0,
    resettable: true,
    ...facts,
  }
}
