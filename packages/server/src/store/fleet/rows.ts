import { deviceColumns } from '../../columns/device.ts'
import { instanceColumns } from '../../columns/instance.ts'
import { factsReader } from '../../columns/reader.ts'
import { type RowOf, seenNames } from '../../columns/table.ts'
import type { Device } from '../../model/device.ts'
import type { Instance } from '../../model/instance.ts'

export type InstanceRow = RowOf<typeof instanceColumns>

/** What the rules need to know of a device; keys and tickets stay where they are. */
export const seenOfDevice = [...seenNames(deviceColumns), 'node'] as const

export type DeviceRow = Pick<RowOf<typeof deviceColumns>, (typeof seenOfDevice)[number]>

const readDevice = factsReader(deviceColumns, 'connected')
const readInstance = factsReader(instanceColumns, 'devices')

export function deviceOf(row: DeviceRow): Device {
  return readDevice(row, row.node !== null && row.restarting_since === null && row.locked_since === null)
}

export function instanceOf(row: InstanceRow, devices: readonly DeviceRow[]): Instance {
  return readInstance(row, devices.map(deviceOf).sort(activeFirst))
}

function activeFirst(a: Device, b: Device): number {
  return Number(b.role === 'active') - Number(a.role === 'active')
}
